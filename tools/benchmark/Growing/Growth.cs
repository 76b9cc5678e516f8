using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Measuring;

namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>All parts, one after another.</summary>
internal static class Growth
{
    public static async Task<GrowthResults> Measure(GrowOptions options, Bench bench, CancellationToken cancellationToken)
    {
        var settings = await ServerSettings.ReadDurable(bench.Servers);
        var rows = new List<GrowthRow>();
        var product = new ProductBench(options, bench, rows.Add);
        foreach (var part in options.Parts)
        {
            await Part(part, product, cancellationToken);
        }

        return new GrowthResults(DateTimeOffset.UtcNow, Machine.Read(bench.Commit), settings, RuntimeSettings.All, options, rows);
    }

    private static Task Part(string name, ProductBench product, CancellationToken cancellationToken) =>
        name switch
        {
            GrowOptions.ReplicasPart => ReplicasPart.Measure(product, cancellationToken),
            GrowOptions.StoredPart => StoredPart.Measure(product, cancellationToken),
            GrowOptions.InFlightPart => InFlightPart.Measure(product, cancellationToken),
            GrowOptions.ParallelPart => ParallelPart.Measure(product, cancellationToken),
            GrowOptions.TimersPart => TimersPart.Measure(product, cancellationToken),
            GrowOptions.BacklogPart => Growing.BacklogPart.Measure(product, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such part."),
        };
}
