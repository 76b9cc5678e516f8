namespace SagaOrchestrator.Engine.Statistics;

/// <summary>Adds rows up.</summary>
internal static class Reporting
{
    public static StatisticsReport Of(StatisticRows rows, bool byDay)
    {
        DateTimeOffset Period(StatisticRow row) => Spans.Begin(byDay ? Span.Day : row.Span, row.BeginsAt);
        return new StatisticsReport(
            [
                .. Sums(rows, row => (row.Type, (DateTimeOffset?)Period(row)))
                    .OrderBy(sum => sum.From)
                    .ThenBy(sum => sum.Type, StringComparer.Ordinal),
            ],
            [.. Sums(rows, row => (row.Type, (DateTimeOffset?)null)).OrderBy(sum => sum.Type, StringComparer.Ordinal)]
        );
    }

    private static IEnumerable<TypeStatistics> Sums(StatisticRows rows, Func<StatisticRow, (string Type, DateTimeOffset? From)> key)
    {
        var failures = rows.Failures.ToLookup(row => key(row));
        var durations = rows.Durations.ToLookup(row => key(row));
        var amounts = rows.Amounts.ToLookup(row => key(row));
        return rows
            .Flows.GroupBy(row => key(row))
            .Select(flows => Sum(flows.Key, [.. flows], failures[flows.Key], [.. durations[flows.Key]], amounts[flows.Key]));
    }

    private static TypeStatistics Sum(
        (string Type, DateTimeOffset? From) key,
        IReadOnlyList<FlowRow> flows,
        IEnumerable<FailureRow> failures,
        IReadOnlyList<DurationRow> durations,
        IEnumerable<AmountRow> amounts
    )
    {
        var (completed, failed, undone) = (flows.Sum(row => row.Completed), flows.Sum(row => row.Failed), flows.Sum(row => row.Undone));
        return new TypeStatistics(
            key.Type,
            key.From,
            flows.Sum(row => row.Started),
            completed,
            failed,
            undone,
            completed + failed == 0 ? null : Math.Round((double)undone / (completed + failed), 4),
            Durations(durations, "Completed"),
            Durations(durations, "Failed"),
            Failures(failures),
            Amounts(amounts)
        );
    }

    private static DurationStatistics? Durations(IEnumerable<DurationRow> rows, string state)
    {
        var sums = new long[DurationBuckets.Count];
        foreach (var row in rows.Where(row => row.State == state))
        {
            for (var at = 0; at < row.Buckets.Length; at++)
            {
                sums[row.Buckets[at]] += row.Sagas[at];
            }
        }

        var buckets = sums.Select((sagas, bucket) => (bucket, sagas)).Where(bucket => bucket.sagas > 0).ToList();
        double Seconds(double share) => Math.Round(DurationBuckets.Percentile(buckets, share)!.Value.TotalSeconds, 3);
        return buckets.Count == 0 ? null : new DurationStatistics(Seconds(0.50), Seconds(0.95), Seconds(0.99));
    }

    private static IReadOnlyList<FailureStatistics> Failures(IEnumerable<FailureRow> rows) =>
        [
            .. rows.GroupBy(row => (row.Step, row.Code))
                .Select(same => new FailureStatistics(same.Key.Step, same.Key.Code, same.Sum(row => row.Sagas)))
                .OrderByDescending(failure => failure.Sagas)
                .ThenBy(failure => failure.Step, StringComparer.Ordinal)
                .ThenBy(failure => failure.Code, StringComparer.Ordinal),
        ];

    private static IReadOnlyList<AmountStatistics> Amounts(IEnumerable<AmountRow> rows) =>
        [
            .. rows.GroupBy(row => (row.Name, row.Currency, row.State))
                .OrderBy(same => same.Key)
                .Select(same => new AmountStatistics(
                    same.Key.Name,
                    same.Key.Currency,
                    same.Key.State,
                    same.Sum(row => row.Amount),
                    same.Sum(row => row.Sagas)
                )),
        ];
}
