using SagaOrchestrator.Engine.Timers;

namespace SagaOrchestrator.Engine.Control;

/// <summary>
/// Fires due timers, for a host that moves time itself, such as that of a test. On servers and in memory the orchestrator fires them by
/// itself; firing one twice does no harm.
/// </summary>
public sealed class SagaTimers
{
    private readonly IDueTimers timers;
    private readonly TimerFiring firing;

    internal SagaTimers(IDueTimers timers, TimerFiring firing) => (this.timers, this.firing) = (timers, firing);

    /// <summary>How long until the next timer is due, zero or less when it is already; null when no saga waits for one.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<TimeSpan?> UntilNext(CancellationToken cancellationToken) => timers.UntilNext(cancellationToken);

    /// <summary>Sends each saga whose timer is due a message about it. What the sagas do then is not waited for.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many there were, 500 at most; null when some could not be sent, and are due again.</returns>
    public Task<int?> Fire(CancellationToken cancellationToken) => firing.Fire(TimeSpan.Zero, cancellationToken);
}
