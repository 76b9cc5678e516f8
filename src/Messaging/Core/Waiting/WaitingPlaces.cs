namespace SagaOrchestrator.Messaging.Waiting;

/// <summary>
/// How many deliveries of an endpoint may wait in their places (rule S40): an eighth of its prefetch. Whatever else would wait takes a
/// place from messages that can be handled, so it waits in the database.
/// </summary>
internal sealed class WaitingPlaces(int prefetch)
{
    private const int Share = 8;

    private readonly int most = Math.Max(1, prefetch / Share);
    private int taken;

    /// <summary>How many are taken.</summary>
    public int Taken => Volatile.Read(ref taken);

    /// <summary>Takes one, if there is one.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref taken) <= most)
        {
            return true;
        }

        Interlocked.Decrement(ref taken);
        return false;
    }

    /// <summary>Gives it back.</summary>
    public void Leave() => Interlocked.Decrement(ref taken);
}
