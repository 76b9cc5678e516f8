namespace SagaOrchestrator.Benchmarks.Measuring;

/// <summary>One number for many.</summary>
internal static class Statistics
{
    /// <param name="sorted">One number or more, in ascending order.</param>
    /// <param name="share">0.99 for the one that 99 of 100 do not exceed.</param>
    public static double Percentile(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];

    public static double Median(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
