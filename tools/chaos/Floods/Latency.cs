using System.Globalization;

namespace SagaOrchestrator.Chaos.Floods;

/// <summary>How long orders took, from being sent to their end.</summary>
internal sealed record Latency(int Orders, TimeSpan P50, TimeSpan P95, TimeSpan P99, TimeSpan Longest)
{
    /// <summary>What healthy orders may take, in times of the calm.</summary>
    public const double Most = 2;

    public static Latency Of(IEnumerable<TimeSpan> orders)
    {
        var sorted = orders.Order().ToArray();
        return sorted.Length == 0
            ? new Latency(0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero)
            : new Latency(sorted.Length, At(sorted, 0.50), At(sorted, 0.95), At(sorted, 0.99), sorted[^1]);
    }

    /// <summary>The 95th percentile, in times of another one's.</summary>
    public double RatioTo(Latency calm) => calm.P95 == TimeSpan.Zero || Orders == 0 ? double.PositiveInfinity : P95 / calm.P95;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{P50.TotalMilliseconds:0} / {P95.TotalMilliseconds:0} / {P99.TotalMilliseconds:0}");

    // The smallest that so large a share is not above.
    private static TimeSpan At(TimeSpan[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * share) - 1)];
}
