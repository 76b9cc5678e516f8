using System.Globalization;
using SagaOrchestrator.Benchmarks.Measuring;

namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>How long healthy sagas took, in milliseconds.</summary>
internal sealed record Latency(int Sagas, double P50, double P95, double P99, double Longest)
{
    /// <param name="sorted">How long each took.</param>
    /// <returns>Null of none.</returns>
    public static Latency? Of(double[] sorted) =>
        sorted.Length == 0
            ? null
            : new Latency(
                sorted.Length,
                Statistics.Percentile(sorted, 0.50),
                Statistics.Percentile(sorted, 0.95),
                Statistics.Percentile(sorted, 0.99),
                sorted[^1]
            );

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{P50:0} / {P95:0} / {P99:0}");
}
