using SagaOrchestrator.Host.Plans;
using SagaOrchestrator.Outbox.Endpoints;
using SagaOrchestrator.Outbox.Health;

namespace SagaOrchestrator.Host.Health;

/// <summary>Looks whether somebody reads the queue of each participant that a plan names.</summary>
internal sealed class ParticipantConsumers(PlanCatalogue plans, ParticipantPresence presence)
    : ConditionCheck([.. plans.All.SelectMany(plan => plan.Shape.Steps).Select(step => step.Participant).Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal).Select(Name)])
{
    private const string Prefix = "participant-";

    public override async Task<IReadOnlyList<Trouble>> Look(CancellationToken cancellationToken)
    {
        var found = new List<Trouble>();
        foreach (var condition in Conditions)
        {
            var participant = condition[Prefix.Length..];
            if (await presence.IsAway(participant, cancellationToken))
            {
                found.Add(new Trouble(
                    condition, "no-consumer", $"Nobody reads the queue '{participant}'.",
                    $"Steps and compensations at '{participant}' are not answered; their sagas wait.",
                    "Start that service, or see in its log why it does not read."));
            }
        }

        return found;
    }

    private static string Name(string participant) => Prefix + participant;
}

/// <summary>Knows whether a participant is away.</summary>
internal sealed class ParticipantPresence(QueueDepth broker)
{
    /// <summary>Whether it is known to be. When the broker does not say, it is not.</summary>
    public async Task<bool> IsAway(string participant, CancellationToken cancellationToken) =>
        await broker.Look(participant, cancellationToken) is { Consumers: 0 };
}
