using System.Diagnostics;

namespace SagaOrchestrator.Client;

/// <summary>
/// When a call is made again: after what the API asks for, else after pauses that double, until the patience ends. It begins with the first
/// failure.
/// </summary>
internal sealed class Repeats(TimeSpan patience)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private TimeSpan next = TimeSpan.FromMilliseconds(200);
    private long? began;

    public bool MayGoOn(TimeSpan? asked)
    {
        began ??= Stopwatch.GetTimestamp();
        return Stopwatch.GetElapsedTime(began.Value) + (asked ?? next) < patience;
    }

    public Task Pause(TimeSpan? asked, CancellationToken cancellationToken)
    {
        // Many who were refused at once must not come back at once.
        var pause = (asked ?? next) * (1 + (Random.Shared.NextDouble() / 4));
        next = next * 2 < Longest ? next * 2 : Longest;
        return Task.Delay(pause, cancellationToken);
    }
}
