namespace SagaOrchestrator.Messaging.RabbitMq.Consuming;

/// <summary>
/// Says when a consumer that is served nothing is to reconnect, although no message seems to wait for it: after a while, then after twice
/// as long, and so on, up to an hour; from the beginning when it is served again.
/// </summary>
internal sealed class IdleRule(TimeSpan first)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private TimeSpan? longer;
    private TimeSpan? since;

    /// <summary>To be asked again and again.</summary>
    /// <param name="now">On any clock that goes forward.</param>
    /// <param name="isIdle">Whether nothing is being handled, and nothing came since it was asked before.</param>
    /// <returns>True once; then a longer patience begins.</returns>
    public bool IsDue(TimeSpan now, bool isIdle)
    {
        if (!isIdle)
        {
            (since, longer) = (null, null);
            return false;
        }

        var patience = longer ?? first;
        since ??= now;
        if (now - since < patience)
        {
            return false;
        }

        (since, longer) = (now, patience * 2 < Longest ? patience * 2 : Longest);
        return true;
    }
}
