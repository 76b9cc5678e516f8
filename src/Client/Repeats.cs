using System.Diagnostics;

namespace SagaOrchestrator.Client;

/// <summary>
/// When a call is made again: after what the API asks for, else after pauses that double, until the patience ends. It begins with the first
/// failure.
/// </summary>
/// <param name="patience">How long; <see cref="Timeout.InfiniteTimeSpan"/> where only the caller ends it.</param>
internal sealed class Repeats(TimeSpan patience)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private TimeSpan next = First;
    private long? began;

    /// <summary>The last failure since the last success.</summary>
    public SagaClientException? Last { get; private set; }

    /// <summary>Takes note of a failure, and says whether the call may be made again.</summary>
    public bool MayGoOn(SagaClientException failure, TimeSpan? asked)
    {
        Last = failure;
        began ??= Stopwatch.GetTimestamp();
        return patience == Timeout.InfiniteTimeSpan || Stopwatch.GetElapsedTime(began.Value) + (asked ?? next) < patience;
    }

    /// <summary>It is well again: the next failure is the first.</summary>
    public void Succeeded() => (next, began, Last) = (First, null, null);

    public Task Pause(TimeSpan? asked, CancellationToken cancellationToken)
    {
        // Many who were refused at once must not come back at once.
        var pause = (asked ?? next) * (1 + (Random.Shared.NextDouble() / 4));
        next = next * 2 < Longest ? next * 2 : Longest;
        return Task.Delay(pause, cancellationToken);
    }
}
