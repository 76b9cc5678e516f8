using SagaOrchestrator.Fuzz.Sending;

namespace SagaOrchestrator.Fuzz.Judging;

/// <summary>How long honest orders took from being sent to their end.</summary>
internal sealed record Latency(int Count, TimeSpan P50, TimeSpan P95)
{
    // Under it a scheduler's whim is a multiple.
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(500);

    public static Latency Of(IEnumerable<HonestOrder> orders)
    {
        var sorted = orders.Select(order => order.Took).OfType<TimeSpan>().Order().ToList();
        return sorted.Count == 0
            ? new Latency(0, TimeSpan.Zero, TimeSpan.Zero)
            : new Latency(sorted.Count, sorted[sorted.Count / 2], sorted[Math.Min(sorted.Count - 1, sorted.Count * 95 / 100)]);
    }

    /// <summary>At most twice the calm.</summary>
    public bool IsAtMostTwice(Latency calm) => Count > 0 && P95 <= (calm.P95 * 2 > Least ? calm.P95 * 2 : Least);

    public override string ToString() =>
        FormattableString.Invariant($"p50 {P50.TotalMilliseconds:0} ms, p95 {P95.TotalMilliseconds:0} ms, {Count} orders");
}
