using MassTransit;
using SagaOrchestrator.Outbox.Endpoints;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Outbox.Capture;

/// <summary>
/// How often, and after what wait, a delivery is handled again, by what stopped it. Each attempt gets a fresh unit and a fresh load. When a
/// budget is used up, the message goes to the dead-letter queue, or, when it is innocent, back to its own.
/// </summary>
internal sealed class RetryBudget
{
    private const int MostConflicts = 50;
    private const int MostOutages = 20;

    // For what may come yet: a start that another message overtook.
    private static readonly TimeSpan[] ForWhatIsMissing =
        [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    private int conflicts;
    private int outages;
    private int missing;

    /// <summary>The wait before the next attempt; null when there is none.</summary>
    public TimeSpan? Next(Exception exception)
    {
        if (exception.Has<ConcurrencyConflictException>())
        {
            return conflicts < MostConflicts ? Backoff(2, ++conflicts, longest: 500) : null;
        }

        if (exception.Has<OrphanMessageException>())
        {
            return missing < ForWhatIsMissing.Length ? ForWhatIsMissing[missing++] : null;
        }

        // Some minutes, well within the time that the broker allows for an acknowledgement; then back to the queue.
        return Transient.Is(exception) && outages < MostOutages ? Backoff(200, ++outages, longest: 10_000) : null;
    }

    // Doubles, with jitter, so that those who failed together do not come back together.
    private static TimeSpan Backoff(int first, int attempt, int longest)
    {
#pragma warning disable CA5394 // Jitter needs no secrecy.
        var milliseconds = Math.Min(longest, first * Math.Pow(2, attempt - 1)) * (0.5 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
        return TimeSpan.FromMilliseconds(milliseconds);
    }
}
