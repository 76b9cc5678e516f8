using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Timers;

namespace SagaOrchestrator.Engine.Control;

/// <summary>
/// The timers of all sagas. They can be fired by a host that moves time itself, such as that of a test. On servers and in memory the
/// orchestrator fires them by itself; firing one twice does no harm.
/// </summary>
public sealed class SagaTimers
{
    /// <summary>Up to how many late timers are counted.</summary>
    public const int MostLate = 10_000;

    // A timer is fired within some seconds, and shows as such a second later.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    private readonly IDueTimers timers;
    private readonly TimerFiring firing;
    private readonly ISummaries summaries;
    private readonly SagaExplanations explanations;
    private readonly TimeProvider clock;

    internal SagaTimers(IDueTimers timers, TimerFiring firing, ISummaries summaries, SagaExplanations explanations, TimeProvider clock) =>
        (this.timers, this.firing, this.summaries, this.explanations, this.clock) = (timers, firing, summaries, explanations, clock);

    /// <summary>How long until the next timer is due, zero or less when it is already; null when no saga waits for one.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<TimeSpan?> UntilNext(CancellationToken cancellationToken) => timers.UntilNext(cancellationToken);

    /// <summary>Sends each saga whose timer is due a message about it. What the sagas do then is not waited for.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many there were, 500 at most; null when some could not be sent, and are due again.</returns>
    public Task<int?> Fire(CancellationToken cancellationToken) => firing.Fire(TimeSpan.Zero, cancellationToken);

    /// <summary>When timers are due, and what the next ones will do. Of each saga the next timer counts.</summary>
    /// <param name="types">Of these types; of all when there are none.</param>
    /// <param name="before">Hours before this time.</param>
    /// <param name="limit">How many of the next ones at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<TimersDue> Read(IReadOnlyList<string> types, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var late = clock.GetUtcNow() - Late;
        IQueryable<SagaSummary> Armed(SummarySource source) =>
            types.Count == 0
                ? source.All.Where(saga => saga.DueAt != null)
                : source.All.Where(saga => saga.DueAt != null && types.Contains(saga.Type));
        var hours = await summaries.Timers(types, before, cancellationToken);
        var count = await summaries.Count(source => Armed(source).Where(saga => saga.DueAt < late).Take(MostLate + 1), cancellationToken);
        var next = await summaries.Read(
            source => Armed(source).OrderBy(saga => saga.DueAt).ThenBy(saga => saga.Id).Take(limit),
            cancellationToken
        );
        var explained = await Task.WhenAll(next.Select(saga => explanations.NextTimer(saga.Id, cancellationToken)));
        return new TimersDue(
            hours,
            Math.Min(count, MostLate),
            count <= MostLate,
            [.. explained.OfType<UpcomingTimer>().OrderBy(timer => timer.DueAt)]
        );
    }
}
