using System.Diagnostics;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>Every saga that was started and every end that was received.</summary>
internal sealed class SagaLedger(int capacity)
{
    private readonly Entry[] entries = new Entry[capacity];
    private Action? onEnd;
    private TaskCompletionSource allEnded = new();
    private int pending;
    private int strangers;

    public int Count { get; private set; }

    /// <summary>Ends when all sagas that were announced have ended.</summary>
    public Task AllEnded => allEnded.Task;

    public int Pending => Volatile.Read(ref pending);

    public int Strangers => Volatile.Read(ref strangers);

    public ReadOnlySpan<Entry> Entries => entries.AsSpan(0, Count);

    /// <summary>Announces sagas; the first of them gets the number <see cref="Count"/>.</summary>
    public void Announce(int sagas, Action whenOneEnds)
    {
        onEnd = whenOneEnds;
        allEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref pending, sagas);
    }

    public Order Begin(bool fails)
    {
        var number = Count++;
        entries[number].Fails = fails;
        var order = Orders.Make(number, fails);
        entries[number].StartedAt = Stopwatch.GetTimestamp();
        return order;
    }

    public void Ended(SagaEnd end, long at)
    {
        var number = Orders.NumberOf(end.OrderId);
        if (number < 0 || number >= Count)
        {
            Interlocked.Increment(ref strangers);
            return;
        }

        if (Interlocked.Increment(ref entries[number].Ends) > 1)
        {
            return;
        }

        (entries[number].End, entries[number].EndedAt) = (end, at);
        onEnd?.Invoke();
        if (Interlocked.Decrement(ref pending) == 0)
        {
            allEnded.TrySetResult();
        }
    }

    /// <summary>One saga.</summary>
    internal struct Entry
    {
        public bool Fails;
        public long StartedAt;
        public long EndedAt;
        public int Ends;
        public SagaEnd? End;
    }
}
