using System.Globalization;
using SagaOrchestrator.Simulator.Plants;
using SagaOrchestrator.Simulator.Running;

namespace SagaOrchestrator.Simulation.Tests;

public sealed class When_a_seed_once_broke_a_rule
{
    private static IEnumerable<ulong> Seeds() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "regressions.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => ulong.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture));

    [TestCaseSource(nameof(Seeds))]
    public void Should_hold_now(ulong seed) => new Run(Plant.None, new Coverage()).Of(seed).ShouldBeNull();
}
