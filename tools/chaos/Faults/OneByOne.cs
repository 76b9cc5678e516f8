using System.Globalization;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Faults;

/// <summary>
/// One fault after the other, each when everything has come back from the one before: what is measured belongs to one fault.
/// </summary>
internal sealed class OneByOne(IReadOnlyList<Fault> faults, int seed, Func<Task> back, Journal journal) : IFaultSequence
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly Random dice = new(seed);

    public Dictionary<string, int> Strikes { get; } = new(StringComparer.Ordinal);

    public TimeSpan HealedAt { get; private set; }

    public async Task Run(CancellationToken heal)
    {
        for (var number = 0; !heal.IsCancellationRequested; number++)
        {
            var fault = faults[number % faults.Count];
            await fault.Strike(dice, heal);
            var name = string.Create(CultureInfo.InvariantCulture, $"{fault.Name}: {fault.Place}");
            Strikes[name] = Strikes.GetValueOrDefault(name) + 1;
            await back();
            await Wait.For(Pause, heal);
        }

        HealedAt = journal.Now;
    }
}
