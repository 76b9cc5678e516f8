using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Engine.Audit.Rules;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Engine.Audit.Running;

/// <summary>
/// Repairs what can be repaired safely. Columns follow the document; whatever the saga does next is decided by a transition like any other.
/// Each repair is in the operators' log, by the auditor.
/// </summary>
internal sealed class AuditRepairs(IAuditStore store, SagaActor actor, PlanCatalogue plans, ILogger<Auditor> log)
{
    /// <summary>Who repaired.</summary>
    public const string Who = "auditor";

    /// <summary>The verb of a repair in the operators' log.</summary>
    public const string Verb = "repair";

    /// <summary>Repairs what was found of one saga. A repair that fails is left, and hinders no other.</summary>
    public async Task<AuditRepaired> Repair(AuditedSaga saga, IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        var done = new AuditRepaired([], [.. Of(Rules.Repair.None)]);
        await Try(Of(Rules.Repair.Row), rows => store.Write(saga, Undoing(saga), Why(rows), cancellationToken));
        foreach (var finding in Of(Rules.Repair.Timer, Rules.Repair.Begin))
        {
            if (await Try([finding], _ => Act(saga, finding, cancellationToken)))
            {
                // The saga is another version now; what else it needs, the next run sees.
                return done;
            }
        }

        await Try(Of(Rules.Repair.Summary), summaries => SumUp(saga, summaries, cancellationToken));
        return done;

        List<Finding> Of(params Repair[] repairs) => [.. findings.Where(finding => repairs.Contains(finding.Repair))];

        // What the saga changed meanwhile is neither: the next run sees what is there.
        async Task<bool> Try(List<Finding> some, Func<IReadOnlyList<Finding>, Task<bool>> repair)
        {
            try
            {
                if (some.Count == 0 || !await repair(some))
                {
                    return false;
                }

                done.Repaired.AddRange(some);
                return true;
            }
            catch (NotOnThisNodeException)
            {
                // For a node that knows its plan.
                done.Left.AddRange(some);
                return false;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                AuditLog.NotRepaired(log, saga.Id, exception.Message);
                done.Left.AddRange(some);
                return false;
            }
        }
    }

    private async Task<bool> SumUp(AuditedSaga saga, IReadOnlyList<Finding> summaries, CancellationToken cancellationToken)
    {
        await store.SumUp(saga, Why(summaries), cancellationToken);
        return true;
    }

    private async Task<bool> Act(AuditedSaga saga, Finding finding, CancellationToken cancellationToken)
    {
        var why = Why([finding]);
        SagaInput input = finding.Repair == Rules.Repair.Begin ? new Begin() : new Rearm(finding.Step!, Who, why);
        var acted = await actor.Act(
            saga.Id,
            input,
            data: null,
            new OperatorAction(Verb, finding.Step, Who, why, Origin: null),
            cancellationToken,
            onlyAt: [saga.Version]
        );
        return acted is { IsChanged: true };
    }

    // Without its plan nobody knows better than the column.
    private string? Undoing(AuditedSaga saga) =>
        plans.TryGet(saga.Type, saga.PlanVersion) is { } plan ? RowRules.UndoingOf(saga.Progress!, plan.Definition) : saga.Undoing;

    private static string Why(IReadOnlyList<Finding> findings)
    {
        var why = string.Join(' ', findings.Select(finding => $"{finding.Kind}: {finding.Detail}"));
        return why.Length <= OperatorNote.LongestWhy ? why : why[..OperatorNote.LongestWhy];
    }
}

/// <summary>What became of a saga's findings.</summary>
internal sealed record AuditRepaired(List<Finding> Repaired, List<Finding> Left);
