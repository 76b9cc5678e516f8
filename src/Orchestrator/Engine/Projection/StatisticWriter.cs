using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Engine.Projection;

/// <summary>Adds what was counted to what is stored.</summary>
internal sealed class StatisticWriter(string schema)
{
    /// <summary>The statements that add it; none when there is nothing to add.</summary>
    public IEnumerable<NpgsqlBatchCommand> Commands(IReadOnlyList<StatisticRows> counted)
    {
        FlowRow[] flows = [.. counted.SelectMany(rows => rows.Flows)];
        if (flows.Length > 0)
        {
            yield return Add(
                "saga_statistic",
                "span, begins_at, type",
                ["started", "completed", "failed", "undone"],
                [
                    .. Periods(flows),
                    Of(flows, row => row.Started),
                    Of(flows, row => row.Completed),
                    Of(flows, row => row.Failed),
                    Of(flows, row => row.Undone),
                ]
            );
        }

        FailureRow[] failures = [.. counted.SelectMany(rows => rows.Failures)];
        if (failures.Length > 0)
        {
            yield return Add(
                "saga_statistic_failure",
                "span, begins_at, type, step, code",
                ["sagas"],
                [.. Periods(failures), Of(failures, row => row.Step), Of(failures, row => row.Code), Of(failures, row => row.Sagas)]
            );
        }

        DurationRow[] durations = [.. counted.SelectMany(rows => rows.Durations)];
        if (durations.Length > 0)
        {
            yield return Durations(durations);
        }

        AmountRow[] amounts = [.. counted.SelectMany(rows => rows.Amounts)];
        if (amounts.Length > 0)
        {
            yield return Add(
                "saga_statistic_amount",
                "span, begins_at, type, state, name, currency",
                ["amount", "sagas"],
                [
                    .. Periods(amounts),
                    Of(amounts, row => row.State),
                    Of(amounts, row => row.Name),
                    Of(amounts, row => row.Currency),
                    SqlValue.Array(amounts.Select(row => row.Amount).ToArray(), NpgsqlDbType.Numeric),
                    Of(amounts, row => row.Sagas),
                ]
            );
        }
    }

    /// <summary>The same for answers.</summary>
    public IEnumerable<NpgsqlBatchCommand> Commands(IReadOnlyList<AnswerRow> rows)
    {
        if (rows.Count > 0)
        {
            yield return Add(
                "saga_statistic_answer",
                "hour, type, participant, outcome, bucket",
                ["answers"],
                [
                    Of(rows, row => row.Hour),
                    Of(rows, row => row.Type),
                    Of(rows, row => row.Participant),
                    Of(rows, row => row.Outcome),
                    SqlValue.Array(rows.Select(row => row.Bucket).ToArray(), NpgsqlDbType.Integer),
                    Of(rows, row => row.Answers),
                ]
            );
        }
    }

    // A row keeps all buckets in two arrays: reading a month by hour takes one row an hour and state, not one for each bucket.
    private NpgsqlBatchCommand Durations(IReadOnlyList<DurationRow> rows)
    {
        var flat = rows.SelectMany(row => row.Buckets.Zip(row.Sagas, (bucket, sagas) => (Row: row, Bucket: bucket, Sagas: sagas))).ToList();
        return Command(
            $"""
            insert into {schema}.saga_statistic_duration as stored (span, begins_at, type, state, buckets, sagas)
            select span, begins_at, type, state, array_agg(bucket order by bucket), array_agg(sagas order by bucket)
            from unnest($1, $2, $3, $4, $5, $6) as counted (span, begins_at, type, state, bucket, sagas)
            group by span, begins_at, type, state
            order by span, begins_at, type, state
            on conflict (span, begins_at, type, state) do update set (buckets, sagas) = (
                select array_agg(bucket order by bucket), array_agg(sagas order by bucket)
                from (
                    select bucket, sum(sagas)::bigint as sagas
                    from (select unnest(stored.buckets) as bucket, unnest(stored.sagas) as sagas
                          union all
                          select unnest(excluded.buckets), unnest(excluded.sagas)) as both_rows
                    group by bucket) as sums)
            """,
            [
                .. Periods(flat.Select(one => one.Row).ToList()),
                Of(flat, one => one.Row.State),
                SqlValue.Array(flat.Select(one => one.Bucket).ToArray(), NpgsqlDbType.Integer),
                Of(flat, one => one.Sagas),
            ]
        );
    }

    private static NpgsqlParameter[] Periods(IReadOnlyCollection<StatisticRow> rows) =>
        [Of(rows, row => row.Span.ToString()), Of(rows, row => row.BeginsAt), Of(rows, row => row.Type)];

    private static NpgsqlParameter Of<T>(IEnumerable<T> rows, Func<T, DateTimeOffset> value) =>
        SqlValue.Array(rows.Select(value).ToArray(), NpgsqlDbType.TimestampTz);

    private static NpgsqlParameter Of<T>(IEnumerable<T> rows, Func<T, string> value) =>
        SqlValue.Array(rows.Select(value).ToArray(), NpgsqlDbType.Text);

    private static NpgsqlParameter Of<T>(IEnumerable<T> rows, Func<T, long> value) =>
        SqlValue.Array(rows.Select(value).ToArray(), NpgsqlDbType.Bigint);

    private NpgsqlBatchCommand Add(string table, string key, string[] numbers, NpgsqlParameter[] columns)
    {
        var sums = string.Join(", ", numbers.Select(number => $"{number} = stored.{number} + excluded.{number}"));
        return Command(
            $"""
            insert into {schema}.{table} as stored ({key}, {string.Join(", ", numbers)})
            select * from unnest({string.Join(", ", Enumerable.Range(1, columns.Length).Select(number => $"${number}"))})
            on conflict ({key}) do update set {sums}
            """,
            columns
        );
    }

    private static NpgsqlBatchCommand Command(string sql, IReadOnlyList<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
