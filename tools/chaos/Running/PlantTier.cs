using System.Globalization;
using SagaOrchestrator.Chaos.Plants;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Running;

/// <summary>Plants each bug in turn. A run that does not find its bug finds nothing.</summary>
internal static class PlantTier
{
    private const int MostTold = 160;

    public static async Task<int> Run(ChaosOptions basis, CancellationToken cancellationToken)
    {
        var found = new List<(PlantedBug Bug, string? By)>();
        foreach (var bug in Enum.GetValues<PlantedBug>().Where(bug => bug != PlantedBug.None))
        {
            var results = await ChaosRun.Run(For(basis, bug), Console.Error, cancellationToken);
            ChaosReport.Tell(results, Console.Out);
            found.Add(
                (bug, results.Checks.FirstOrDefault(check => !check.Holds) is { } broken ? $"{broken.Name}: {broken.Findings[0]}" : null)
            );
        }

        Console.WriteLine();
        foreach (var (bug, by) in found)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{bug, -24} {(by is null ? "NOT FOUND" : by[..Math.Min(by.Length, MostTold)])}"
                )
            );
        }

        return found.TrueForAll(plant => plant.By is not null) ? 0 : 1;
    }

    /// <summary>A short and hard storm in which steps are given up soon.</summary>
    private static ChaosOptions For(ChaosOptions basis, PlantedBug bug) =>
        basis with
        {
            Plant = bug,
            Minutes = 1.2,
            Sagas = 700,
            Interval = TimeSpan.FromSeconds(0.7),
            Broker = BrokerSetup.All.First(setup => setup is { Nodes: 1, SmallDisks: false }),
            PostgresServers = 1,
            StepTimeout = TimeSpan.FromSeconds(2),
            // With one attempt a step is given up while its only command is held, and its compensation overtakes it.
            Attempts = bug == PlantedBug.NoTombstone ? 1 : 2,
            Logs = Path.Combine(basis.Logs, bug.ToString()),
        };
}
