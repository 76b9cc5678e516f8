using System.Globalization;
using SagaOrchestrator.Chaos.Nodes;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Floods;

/// <summary>The most memory that each process held, in the calm and since.</summary>
internal sealed class FloodMemory(ProductNodes nodes)
{
    private const double MostGrowth = 1.5;

    // Megabytes: a heap keeps the room that a flood once took, and no more however many come.
    private const double Leeway = 250;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly Dictionary<string, (double Calm, double Flood)> most = new(StringComparer.Ordinal);

    /// <summary>Whether the calm is over.</summary>
    public bool IsFlooded { get; set; }

    public async Task Run(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await Wait.For(Interval, end);
            foreach (var node in nodes.All.Where(node => node.Process.IsUp))
            {
                Note(node.Name, ProcessMemory.Resident(node.Process.Id), IsFlooded);
            }
        }
    }

    /// <summary>Notes what one holds.</summary>
    public void Note(string node, double megabytes, bool isFlooded)
    {
        var (calm, flood) = most.GetValueOrDefault(node);
        most[node] = isFlooded ? (calm, Math.Max(flood, megabytes)) : (Math.Max(calm, megabytes), flood);
    }

    /// <summary>Each process, with what it held.</summary>
    public IEnumerable<string> All => most.Select(Text);

    /// <summary>Those that grew beyond their bound.</summary>
    public IEnumerable<string> Grown =>
        most.Where(node => node.Value.Flood > Math.Max(node.Value.Calm * MostGrowth, node.Value.Calm + Leeway)).Select(Text);

    private static string Text(KeyValuePair<string, (double Calm, double Flood)> node) =>
        string.Create(CultureInfo.InvariantCulture, $"{node.Key} {node.Value.Calm:0} then {node.Value.Flood:0}");
}
