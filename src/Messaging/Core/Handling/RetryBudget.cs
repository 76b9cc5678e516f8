using MassTransit;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.TransportHeaders;
using SagaOrchestrator.Messaging.Waiting;

namespace SagaOrchestrator.Messaging.Handling;

/// <summary>
/// How often, and after what wait, a delivery is handled again, by what stopped it. Each attempt gets a fresh unit and a fresh load. When a
/// budget is used up, the message goes to the dead-letter queue, or, when it is not to blame, is requeued. What has waited in the database
/// goes on with its budget where it was.
/// </summary>
internal sealed class RetryBudget(int missingBefore, int outagesBefore)
{
    private const int MostConflicts = 50;
    private const int MostOutages = 20;

    // For what may come yet: a start that another message overtook.
    private static readonly TimeSpan[] ForWhatIsMissing =
    [
        TimeSpan.FromMilliseconds(100),
        TimeSpan.FromMilliseconds(300),
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(2),
    ];

    private int outages = outagesBefore;
    private int missing = missingBefore;

    /// <summary>How many conflicts there were.</summary>
    public int Conflicts { get; private set; }

    /// <summary>What is left for a message, by what it has waited for.</summary>
    public static RetryBudget Of(ReceiveContext context) =>
        new(CountHeader.Of(context, SagaHeaders.OrphanWaits), CountHeader.Of(context, SagaHeaders.OutageWaits));

    /// <summary>The wait before the next attempt; null when there is none.</summary>
    public RetryWait? Next(Exception exception)
    {
        if (exception.Has<ConcurrencyConflictException>())
        {
            return Conflicts < MostConflicts ? new RetryWait(Backoff(2, ++Conflicts, longest: 500)) : null;
        }

        if (exception.Has<OrphanMessageException>())
        {
            return missing < ForWhatIsMissing.Length ? Missing() : null;
        }

        // Some minutes, well within the time that the broker allows for an acknowledgement; then it is requeued.
        if (!Transient.Is(exception) || outages >= MostOutages)
        {
            return null;
        }

        var wait = Backoff(200, ++outages, longest: 10_000);
        // In the database it may wait as long as it lasts.
        return new RetryWait(wait)
        {
            Elsewhere = new(WaitReason.Outage, wait, new(SagaHeaders.OutageWaits, Math.Min(outages, MostOutages - 1))),
        };
    }

    // In the database it waits once, for all that is left: each time that it comes back it costs a place.
    private RetryWait Missing()
    {
        var rest = TimeSpan.FromTicks(ForWhatIsMissing.Skip(missing).Sum(wait => wait.Ticks));
        return new RetryWait(ForWhatIsMissing[missing++])
        {
            Elsewhere = new(WaitReason.Orphan, rest, new(SagaHeaders.OrphanWaits, ForWhatIsMissing.Length)),
        };
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

/// <summary>A wait before the next attempt.</summary>
/// <param name="Here">How long it is in the delivery's place.</param>
internal sealed record RetryWait(TimeSpan Here)
{
    /// <summary>How the message waits when it may not hold a place; null when the wait is too short to matter.</summary>
    public WaitElsewhere? Elsewhere { get; init; }
}

/// <summary>A wait in the database.</summary>
/// <param name="Reason">One of <see cref="WaitReason"/>.</param>
/// <param name="Duration">How long.</param>
/// <param name="Count">The header that counts it.</param>
internal sealed record WaitElsewhere(string Reason, TimeSpan Duration, KeyValuePair<string, int> Count);
