using SagaOrchestrator.Benchmarks.Measuring;
using SagaOrchestrator.Benchmarks.Reporting;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>All rounds of all systems, interleaved, so that what changes on the machine meanwhile meets all of them.</summary>
internal static class Benchmark
{
    public static async Task<BenchmarkResults> Run(DriveOptions options, Bench bench, CancellationToken cancellationToken)
    {
        var settings = await ServerSettings.ReadDurable(bench.Servers);
        var rounds = options.Systems.ToDictionary(system => system, _ => new List<IReadOnlyDictionary<string, double>>());
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var name in Rotated(options.Systems, round))
            {
                await Console.Error.WriteLineAsync($"==> Round {round + 1} of {options.Rounds}: {name}");
                var run = new SystemRun(SystemUnderTest.Of(name), options, bench.Servers, Path.Combine(bench.Logs, $"{name}-{round + 1}"));
                rounds[name].Add(await run.Measure(cancellationToken));
            }
        }

        return new BenchmarkResults(
            DateTimeOffset.UtcNow,
            Machine.Read(bench.Commit),
            settings,
            RuntimeSettings.All,
            options,
            [.. rounds.Select(system => SystemResult.Of(system.Key, system.Value))]
        );
    }

    private static IEnumerable<string> Rotated(IReadOnlyList<string> systems, int by) =>
        Enumerable.Range(0, systems.Count).Select(index => systems[(index + by) % systems.Count]);
}
