using SagaOrchestrator.Engine.Alarms;

namespace SagaOrchestrator.Engine.Control;

/// <summary>Reads what needs somebody. In memory there are no alarms.</summary>
public sealed class SagaAlarms
{
    private readonly IAlarms alarms;

    internal SagaAlarms(IAlarms alarms) => this.alarms = alarms;

    /// <summary>Alarms, the newest first.</summary>
    /// <param name="isStanding">Whether those that stand, or those that are over.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<Alarm>> Read(bool isStanding, int limit, CancellationToken cancellationToken) =>
        alarms.Read(isStanding, limit, cancellationToken);
}
