using System.Globalization;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Faults;

/// <summary>Draws fault after fault from the seed until it is over, then heals everything that is still broken.</summary>
internal sealed class Storm(FaultDraw draw, Journal journal) : IFaultSequence
{
    private readonly Dictionary<string, Task> active = new(StringComparer.Ordinal);
    private readonly List<Exception> failures = [];

    public Dictionary<string, int> Strikes { get; } = new(StringComparer.Ordinal);

    public TimeSpan HealedAt { get; private set; }

    public async Task Run(CancellationToken heal)
    {
        while (!heal.IsCancellationRequested)
        {
            var next = draw.Next();
            await Wait.For(next.After, heal);
            if (!heal.IsCancellationRequested)
            {
                Strike(next.Fault, new Random(next.Seed), heal);
            }
        }

        HealedAt = journal.Now;
        journal.Write("heal", $"{active.Values.Count(task => !task.IsCompleted)} faults are active");
        await Task.WhenAll(active.Values);
        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }

    private void Strike(Fault fault, Random own, CancellationToken heal)
    {
        if (active.TryGetValue(fault.Place, out var before) && !before.IsCompleted)
        {
            return;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{fault.Name}: {fault.Place}");
        Strikes[name] = Strikes.GetValueOrDefault(name) + 1;
        active[fault.Place] = Guarded(fault, own, heal);
    }

    private async Task Guarded(Fault fault, Random own, CancellationToken heal)
    {
        // The next draw does not wait for it.
        await Task.Yield();
        try
        {
            await fault.Strike(own, heal);
        }
        catch (Exception exception)
        {
            journal.Write("FAILED", $"{fault.Name} of {fault.Place}: {exception.Message}");
            lock (failures)
            {
                failures.Add(exception);
            }
        }
    }
}
