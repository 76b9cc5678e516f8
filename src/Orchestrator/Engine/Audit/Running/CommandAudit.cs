using SagaOrchestrator.Engine.Audit.Rules;
using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Engine.Audit.Running;

/// <summary>
/// Looks for commands that are nowhere. Only where the participant's fence can be read does anybody know one that is lost from one that is
/// in somebody's hands; of the others, the timer decides.
/// </summary>
internal sealed class CommandAudit(
    IAuditStore store,
    IFences fences,
    QueueMonitor broker,
    ParticipantBreakers breakers,
    PlanCatalogue plans,
    AuditOptions options
)
{
    // More are in a participant's hands than it has answered; then it is slow, and the breaker's business.
    private const int MostOfOne = 100;

    /// <summary>Looks at the commands that sagas wait for.</summary>
    public async Task<(int LookedAt, IReadOnlyList<Finding> Findings)> Of(
        IReadOnlyList<AuditedSaga> sagas,
        Unchecked left,
        CancellationToken cancellationToken
    )
    {
        var awaited = sagas
            .SelectMany(saga =>
                plans.TryGet(saga.Type, saga.PlanVersion) is { } plan ? CommandRules.Awaited(saga, plan.Definition, options.LostAfter) : []
            )
            .Where(command => CanBeJudged(command, left))
            .ToList();
        if (awaited.Count == 0)
        {
            return (0, []);
        }

        var unsent = await store.Unsent([.. awaited.Select(command => command.MessageId)], options.LostAfter, cancellationToken);
        var letters = await store.WithDeadLetters([.. awaited.Select(command => command.Saga.Id).Distinct()], cancellationToken);
        var findings = new List<Finding>();
        foreach (var ofOne in awaited.GroupBy(command => command.Planned.Participant, StringComparer.Ordinal))
        {
            AwaitedCommand[] commands = [.. ofOne.Take(MostOfOne)];
            foreach (var command in ofOne.Skip(MostOfOne))
            {
                left.Command(command.Saga.Id);
            }

            findings.AddRange(await Of(ofOne.Key, commands, unsent, letters, cancellationToken));
        }

        return (awaited.Count, findings);
    }

    private bool CanBeJudged(AwaitedCommand command, Unchecked left)
    {
        var participant = command.Planned.Participant;
        var isAbsent = breakers.AbsenceOf(participant) is not null;
        if (isAbsent || fences.IsUnreadable(participant))
        {
            left.Command(command.Saga.Id);
        }

        return !isAbsent && fences.Has(participant);
    }

    private async Task<IEnumerable<Finding>> Of(
        string participant,
        AwaitedCommand[] commands,
        IReadOnlySet<Guid> unsent,
        IReadOnlySet<Guid> letters,
        CancellationToken cancellationToken
    )
    {
        var queue = await broker.Look(participant, cancellationToken);
        var isQueued = queue is not { Exists: true, Messages: 0 };
        var waiting = await fences.Waiting(participant, [.. commands.Select(command => command.MessageId)], cancellationToken);
        // Last: what was in a queue before is in the fence by now.
        var rows = await fences.Read(participant, [.. commands.Select(command => command.Saga.Id).Distinct()], cancellationToken);
        return commands
            .Select(command =>
                CommandRules.Of(
                    command,
                    new Whereabouts(
                        unsent.Contains(command.MessageId),
                        isQueued,
                        waiting.Contains(command.MessageId),
                        letters.Contains(command.Saga.Id),
                        rows.GetValueOrDefault((command.Saga.Id, command.Step.Name), FenceRow.Nothing)
                    )
                )
            )
            .OfType<Finding>();
    }
}
