using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Messaging.Health;

namespace SagaOrchestrator.Engine.Health;

/// <summary>Says which participants nothing is expected of now, as their breakers know.</summary>
internal sealed class ParticipantConsumers(ParticipantBreakers breakers) : ConditionCheck([.. breakers.Names.Select(Name)])
{
    public override Task<IReadOnlyList<Trouble>> Look(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Trouble>>([
            .. breakers
                .Statuses.Where(breaker => breaker.State != BreakerState.Closed)
                .Select(breaker => new Trouble(
                    Name(breaker.Participant),
                    breaker.Setting is null ? "away" : "stopped",
                    $"'{breaker.Participant}' is not there. {breaker.Reason}",
                    "Its steps and compensations wait, and spend no attempt.",
                    breaker.Setting is null
                        ? "Start that service, or see in its log why it does not answer."
                        : "Set its breaker to automatic when it may go on."
                )),
        ]);

    private static string Name(string participant) => "participant-" + participant;
}
