using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Plans;

namespace SagaOrchestrator.Engine.Control;

/// <summary>
/// The breakers of participants and of saga types (rule S38): how they stand, as this node sees them, and what an operator sets.
/// </summary>
public sealed class SagaBreakers
{
    private readonly ParticipantBreakers breakers;
    private readonly PlanCatalogue plans;
    private readonly BreakerDesk? desk;

    internal SagaBreakers(ParticipantBreakers breakers, PlanCatalogue plans, BreakerDesk? desk) =>
        (this.breakers, this.plans, this.desk) = (breakers, plans, desk);

    /// <summary>Whether an operator can set them; not in memory, where there is nothing to keep a setting in.</summary>
    public bool CanBeSet => desk is not null;

    /// <summary>The breaker of each participant that a plan names, by name.</summary>
    public IReadOnlyList<BreakerStatus> Participants => [.. breakers.Statuses];

    /// <summary>The breaker of a participant; null when no plan names it.</summary>
    /// <param name="participant">Its queue.</param>
    public BreakerStatus? OfParticipant(string participant) => breakers.StatusOf(participant);

    /// <summary>Who has stopped the starts of a type, when and why; null when its sagas can be started.</summary>
    /// <param name="sagaType">The plan's name.</param>
    public BreakerSetting? StopOf(string sagaType) => breakers.StopOf(sagaType);

    /// <summary>
    /// Sets the breaker of a participant. When it returns, the setting is durable and holds on this node; on the others a second or so
    /// later. The same setting again is noted again.
    /// </summary>
    /// <param name="participant">Its queue.</param>
    /// <param name="state"><see cref="BreakerSetting.Open"/>, <see cref="BreakerSetting.Closed"/> or
    /// <see cref="BreakerSetting.Automatic"/>.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How it stands then; null when no plan names the participant, and nothing was set.</returns>
    /// <exception cref="ArgumentException">The state is none of the three.</exception>
    /// <exception cref="InvalidOperationException">They cannot be set (<see cref="CanBeSet"/>).</exception>
    public async Task<BreakerStatus?> SetParticipant(
        string participant,
        string state,
        OperatorNote note,
        CancellationToken cancellationToken
    )
    {
        if (breakers.StatusOf(participant) is null)
        {
            return null;
        }

        await Set(BreakerKind.Participant, participant, state, note, cancellationToken);
        return breakers.StatusOf(participant);
    }

    /// <summary>
    /// Stops the starts of a type with <see cref="BreakerSetting.Open"/>, or lets them go on. Sagas that run go on in any case.
    /// </summary>
    /// <param name="sagaType">The plan's name.</param>
    /// <param name="state"><see cref="BreakerSetting.Open"/>, <see cref="BreakerSetting.Closed"/> or
    /// <see cref="BreakerSetting.Automatic"/>.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there is such a type. If not, nothing was set.</returns>
    /// <exception cref="ArgumentException">The state is none of the three.</exception>
    /// <exception cref="InvalidOperationException">They cannot be set (<see cref="CanBeSet"/>).</exception>
    public async Task<bool> SetSagaType(string sagaType, string state, OperatorNote note, CancellationToken cancellationToken)
    {
        if (plans.Find(sagaType) is null)
        {
            return false;
        }

        await Set(BreakerKind.SagaType, sagaType, state, note, cancellationToken);
        return true;
    }

    private Task Set(BreakerKind kind, string name, string state, OperatorNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        if (state is not (BreakerSetting.Open or BreakerSetting.Closed or BreakerSetting.Automatic))
        {
            throw new ArgumentException(
                $"Give '{BreakerSetting.Open}', '{BreakerSetting.Closed}' or '{BreakerSetting.Automatic}'.",
                nameof(state)
            );
        }

        var setter =
            desk
            ?? throw new InvalidOperationException(
                "This orchestrator is in memory, where a breaker's setting is not kept. Run it on Postgres."
            );
        return setter.Set(new BreakerSetting(kind, name, state, note.Who, note.Why, DateTimeOffset.UtcNow), note.Origin, cancellationToken);
    }
}
