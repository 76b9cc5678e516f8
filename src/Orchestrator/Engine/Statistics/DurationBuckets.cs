namespace SagaOrchestrator.Engine.Statistics;

/// <summary>
/// Parts times into buckets, each a tenth wider than the one before, so that a percentile is off by a twentieth at most, and any number of
/// sagas is a few dozen numbers.
/// </summary>
internal static class DurationBuckets
{
    private const double Width = 1.1;

    /// <summary>How many there are: one for the longest time that can be.</summary>
    public static readonly int Count = Of(TimeSpan.MaxValue) + 1;

    public static int Of(TimeSpan duration) =>
        duration.TotalMilliseconds <= 1 ? 0 : (int)Math.Floor(Math.Log(duration.TotalMilliseconds, Width)) + 1;

    /// <summary>The middle of a bucket.</summary>
    public static TimeSpan Middle(int bucket) => TimeSpan.FromMilliseconds(bucket == 0 ? 1 : Math.Pow(Width, bucket - 0.5));

    /// <summary>The time within which a share of them was through.</summary>
    /// <param name="buckets">How many there are in which bucket.</param>
    /// <param name="share">From 0 to 1.</param>
    public static TimeSpan? Percentile(IEnumerable<(int Bucket, long Count)> buckets, double share)
    {
        var sorted = buckets.OrderBy(bucket => bucket.Bucket).ToList();
        var rank = (long)Math.Ceiling(sorted.Sum(bucket => bucket.Count) * share);
        foreach (var (bucket, count) in sorted)
        {
            rank -= count;
            if (rank <= 0)
            {
                return Middle(bucket);
            }
        }

        return null;
    }
}
