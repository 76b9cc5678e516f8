using System.Diagnostics;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>Every saga that was started and every end that was received.</summary>
internal sealed class SagaLedger
{
    private Entry[] entries = [];
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

    /// <summary>How many of them are to fail.</summary>
    public int CountFailing()
    {
        var failing = 0;
        foreach (ref readonly var entry in Entries)
        {
            failing += entry.Fails ? 1 : 0;
        }

        return failing;
    }

    /// <summary>Announces sagas; the first of them gets the number <see cref="Count"/>.</summary>
    public void Announce(int sagas, Action whenOneEnds)
    {
        Array.Resize(ref entries, Count + sagas);
        onEnd = whenOneEnds;
        allEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref pending, sagas);
    }

    /// <summary>Takes back the announcement of sagas that were not started.</summary>
    public void Withdraw(int sagas)
    {
        if (Interlocked.Add(ref pending, -sagas) == 0)
        {
            allEnded.TrySetResult();
        }
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

        ref var entry = ref entries[number];
        (entry.SagaId, entry.Completed, entry.Compensated, entry.EndedAt) = (end.SagaId, end.Completed, end.Compensated, at);
        onEnd?.Invoke();
        if (Interlocked.Decrement(ref pending) == 0)
        {
            allEnded.TrySetResult();
        }
    }

    /// <summary>How long those from a number on took that ended between two moments, in milliseconds, sorted.</summary>
    public double[] Latencies(int first, long from, long until)
    {
        var took = new List<double>();
        foreach (ref readonly var entry in Entries[first..])
        {
            if (entry.EndedAt > from && entry.EndedAt <= until)
            {
                took.Add(Stopwatch.GetElapsedTime(entry.StartedAt, entry.EndedAt).TotalMilliseconds);
            }
        }

        took.Sort();
        return [.. took];
    }

    /// <summary>How long some took, all of which have ended, in milliseconds, sorted.</summary>
    public double[] Latencies(Predicate<Entry> which)
    {
        var took = new List<double>();
        foreach (ref readonly var entry in Entries)
        {
            if (which(entry))
            {
                took.Add(Stopwatch.GetElapsedTime(entry.StartedAt, entry.EndedAt).TotalMilliseconds);
            }
        }

        took.Sort();
        return [.. took];
    }

    /// <summary>How many have not ended.</summary>
    /// <param name="first">Before it all had ended, as it was known; moved on to where that is now.</param>
    public int UnderWay(ref int first)
    {
        var underWay = 0;
        var started = Entries;
        while (first < started.Length && started[first].EndedAt != 0)
        {
            first++;
        }

        foreach (ref readonly var entry in started[first..])
        {
            underWay += entry.EndedAt == 0 ? 1 : 0;
        }

        return underWay;
    }

    /// <summary>One saga. There may be millions, so that none has an object of its own.</summary>
    internal struct Entry
    {
        public bool Fails;
        public long StartedAt;
        public long EndedAt;
        public int Ends;
        public Guid SagaId;
        public bool Completed;
        public IReadOnlyList<string>? Compensated;
    }
}
