using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Engine.Projection;

/// <summary>Adds what was counted to what is stored.</summary>
internal sealed class StatisticWriter(string schema)
{
    /// <summary>The statements that add it; none when there is nothing to add.</summary>
    public IEnumerable<NpgsqlBatchCommand> Commands(StatisticRows rows)
    {
        if (rows.Flows.Count > 0)
        {
            yield return Add(
                "saga_statistic",
                "hour, type",
                ["started", "completed", "failed", "undone"],
                Hours(rows.Flows),
                Types(rows.Flows),
                Of(rows.Flows, row => row.Started),
                Of(rows.Flows, row => row.Completed),
                Of(rows.Flows, row => row.Failed),
                Of(rows.Flows, row => row.Undone)
            );
        }

        if (rows.Failures.Count > 0)
        {
            yield return Add(
                "saga_statistic_failure",
                "hour, type, step, code",
                ["sagas"],
                Hours(rows.Failures),
                Types(rows.Failures),
                Of(rows.Failures, row => row.Step),
                Of(rows.Failures, row => row.Code),
                Of(rows.Failures, row => row.Sagas)
            );
        }

        if (rows.Durations.Count > 0)
        {
            yield return Add(
                "saga_statistic_duration",
                "hour, type, state, bucket",
                ["sagas"],
                Hours(rows.Durations),
                Types(rows.Durations),
                Of(rows.Durations, row => row.State),
                SqlValue.Array(rows.Durations.Select(row => row.Bucket).ToArray(), NpgsqlDbType.Integer),
                Of(rows.Durations, row => row.Sagas)
            );
        }

        if (rows.Amounts.Count > 0)
        {
            yield return Add(
                "saga_statistic_amount",
                "hour, type, state, name, currency",
                ["amount", "sagas"],
                Hours(rows.Amounts),
                Types(rows.Amounts),
                Of(rows.Amounts, row => row.State),
                Of(rows.Amounts, row => row.Name),
                Of(rows.Amounts, row => row.Currency),
                SqlValue.Array(rows.Amounts.Select(row => row.Amount).ToArray(), NpgsqlDbType.Numeric),
                Of(rows.Amounts, row => row.Sagas)
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
                Hours(rows),
                Types(rows),
                Of(rows, row => row.Participant),
                Of(rows, row => row.Outcome),
                SqlValue.Array(rows.Select(row => row.Bucket).ToArray(), NpgsqlDbType.Integer),
                Of(rows, row => row.Answers)
            );
        }
    }

    private static NpgsqlParameter Hours(IEnumerable<StatisticRow> rows) =>
        SqlValue.Array(rows.Select(row => row.Hour).ToArray(), NpgsqlDbType.TimestampTz);

    private static NpgsqlParameter Types(IEnumerable<StatisticRow> rows) => Of(rows, row => row.Type);

    private static NpgsqlParameter Of<T>(IEnumerable<T> rows, Func<T, string> value) =>
        SqlValue.Array(rows.Select(value).ToArray(), NpgsqlDbType.Text);

    private static NpgsqlParameter Of<T>(IEnumerable<T> rows, Func<T, long> value) =>
        SqlValue.Array(rows.Select(value).ToArray(), NpgsqlDbType.Bigint);

    private NpgsqlBatchCommand Add(string table, string key, string[] numbers, params NpgsqlParameter[] columns)
    {
        var sums = string.Join(", ", numbers.Select(number => $"{number} = stored.{number} + excluded.{number}"));
        var command = new NpgsqlBatchCommand(
            $"""
            insert into {schema}.{table} as stored ({key}, {string.Join(", ", numbers)})
            select * from unnest({string.Join(", ", Enumerable.Range(1, columns.Length).Select(number => $"${number}"))})
            on conflict ({key}) do update set {sums}
            """
        );
        foreach (var column in columns)
        {
            command.Parameters.Add(column);
        }

        return command;
    }
}
