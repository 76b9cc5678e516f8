namespace SagaOrchestrator.Messaging.RabbitMq.Consuming;

/// <summary>Says when a consumer is stalled: its queue has messages, it has room for them, and for a while it is served none.</summary>
internal sealed class StallRule(TimeSpan patience)
{
    private TimeSpan? since;

    /// <summary>To be asked again and again.</summary>
    /// <param name="now">On any clock that goes forward.</param>
    /// <param name="isStarved">Whether messages wait, there is room for them, and none came since it was asked before.</param>
    /// <returns>True once; then the patience begins anew.</returns>
    public bool IsStalled(TimeSpan now, bool isStarved)
    {
        if (!isStarved)
        {
            since = null;
            return false;
        }

        since ??= now;
        if (now - since < patience)
        {
            return false;
        }

        since = null;
        return true;
    }
}
