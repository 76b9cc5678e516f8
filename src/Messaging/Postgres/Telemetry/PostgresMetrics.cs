using System.Diagnostics;
using System.Diagnostics.Metrics;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Messaging.Postgres.Telemetry;

/// <summary>
/// The metrics of commits and loads, in the meter <c>SagaOrchestrator.Messaging</c>. Names are a contract with dashboards.
/// </summary>
internal static class PostgresMetrics
{
    private static readonly Meter Meter = new(TelemetryNames.Messaging);

    // The defaults are for milliseconds.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120],
    };

    private static readonly InstrumentAdvice<int> GroupSizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
    };

    private static readonly Histogram<int> Group = Meter.CreateHistogram(
        "outbox.commit.units",
        "{unit}",
        "Units that were written by one commit.",
        advice: GroupSizes
    );

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "outbox.commit.duration",
        "s",
        "From taking a group to its commit.",
        advice: Seconds
    );

    private static long alone;

    // Told as zero too, so that the first is seen as an increase.
    private static readonly ObservableCounter<long> Alone = Meter.CreateObservableCounter(
        "outbox.commit.alone",
        () => Volatile.Read(ref alone),
        "{unit}",
        "Units that were tried again alone, because their group failed or their row had changed."
    );

    /// <summary>Questions per query.</summary>
    public static readonly Histogram<int> Read = Meter.CreateHistogram(
        "outbox.load.keys",
        "{key}",
        "Rows that were asked for by one query.",
        advice: GroupSizes
    );

    /// <summary>Notes that a unit left its group.</summary>
    public static void LeftGroup() => Interlocked.Increment(ref alone);

    public static void Committed(int units, long started)
    {
        Group.Record(units);
        if (Duration.Enabled)
        {
            Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
    }
}
