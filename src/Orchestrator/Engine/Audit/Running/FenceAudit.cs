using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Audit.Rules;
using SagaOrchestrator.Engine.Plans;

namespace SagaOrchestrator.Engine.Audit.Running;

/// <summary>Compares sagas that ended with the fences of their participants. It changes neither.</summary>
internal sealed class FenceAudit(IAuditStore store, IFences fences, PlanCatalogue plans)
{
    // A participant may clean its fence up long after that.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    /// <summary>Compares those of the sagas that have ended.</summary>
    /// <returns>How many were compared with any fence, and what disagrees.</returns>
    public async Task<(int Compared, IReadOnlyList<Finding> Findings)> Of(
        IReadOnlyList<AuditedSaga> sagas,
        Unchecked left,
        CancellationToken cancellationToken
    )
    {
        var steps = sagas
            .Where(saga => saga.Progress is { HasEnded: true } && saga.EndedAt > saga.Now - Remembered)
            .SelectMany(Steps)
            .Where(step => CanBeCompared(step.Saga, step.Participant, left))
            .ToList();
        if (steps.Count == 0)
        {
            return (0, []);
        }

        Guid[] ids = [.. steps.Select(step => step.Saga.Id).Distinct()];
        var settled = await store.Settled(ids, cancellationToken);
        var findings = new List<Finding>();
        foreach (var ofOne in steps.GroupBy(step => step.Participant, StringComparer.Ordinal))
        {
            var rows = await fences.Read(ofOne.Key, ids, cancellationToken);
            findings.AddRange(
                ofOne
                    .Where(one => !settled.Contains((one.Saga.Id, one.Step.Name)))
                    .Select(one =>
                        FenceRules.Of(
                            one.Saga,
                            one.Step,
                            one.Participant,
                            rows.GetValueOrDefault((one.Saga.Id, one.Step.Name), FenceRow.Nothing)
                        )
                    )
                    .OfType<Finding>()
            );
        }

        return (ids.Length, findings);
    }

    private IEnumerable<(AuditedSaga Saga, StepProgress Step, string Participant)> Steps(AuditedSaga saga) =>
        plans.TryGet(saga.Type, saga.PlanVersion)?.Definition is not { } plan
            ? []
            : saga.Progress!.Steps.Select(step => (Saga: saga, Step: step, Participant: plan.Find(step.Name)?.Participant ?? string.Empty))
                .Where(step => step.Participant.Length > 0);

    private bool CanBeCompared(AuditedSaga saga, string participant, Unchecked left)
    {
        if (fences.IsUnreadable(participant))
        {
            left.Fence(saga.Id);
        }

        return fences.Has(participant);
    }
}
