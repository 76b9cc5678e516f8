namespace SagaOrchestrator.Engine.Breakers;

/// <summary>Answers and waits in vain, as this node sees them. An answer costs one addition and two looks at memory.</summary>
internal sealed class ParticipantActivity
{
    private const int Enough = 1000;

    private readonly Lock gate = new();
    private readonly HashSet<Guid> waitedInVain = [];
    private long answers;
    private long lastAnswer;
    private int silent;

    /// <summary>How many answers have come.</summary>
    public long Answers => Volatile.Read(ref answers);

    /// <summary>How many sagas have waited in vain since the last one.</summary>
    public int Silent => Volatile.Read(ref silent);

    public void Answered(DateTimeOffset at)
    {
        Interlocked.Increment(ref answers);
        Volatile.Write(ref lastAnswer, at.UtcTicks);
        if (Volatile.Read(ref silent) > 0)
        {
            Forget();
        }
    }

    /// <summary>A timer fired. What was sent before the last answer says nothing: it may have been lost on its own.</summary>
    public void TimedOut(Guid saga, DateTimeOffset sentAt)
    {
        if (sentAt.UtcTicks <= Volatile.Read(ref lastAnswer))
        {
            return;
        }

        lock (gate)
        {
            if (waitedInVain.Count < Enough && waitedInVain.Add(saga))
            {
                Volatile.Write(ref silent, waitedInVain.Count);
            }
        }
    }

    public void Forget()
    {
        lock (gate)
        {
            waitedInVain.Clear();
            Volatile.Write(ref silent, 0);
        }
    }
}
