namespace SagaOrchestrator.Engine.Timers;

/// <summary>
/// Says whether this node has read its queue for a while. Replies that have waited there are then in hand. A timer that is handed in before
/// that comes together with them, and may be heard first.
/// </summary>
/// <param name="isRead">Whether the queue is read now.</param>
/// <param name="clock">Counts the while.</param>
internal sealed class QueueReading(Func<bool> isRead, TimeProvider clock)
{
    private static readonly TimeSpan While = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private long? since;

    public bool IsSteady()
    {
        var now = isRead();
        lock (gate)
        {
            since = now ? since ?? clock.GetTimestamp() : null;
            return since is { } began && clock.GetElapsedTime(began) >= While;
        }
    }
}
