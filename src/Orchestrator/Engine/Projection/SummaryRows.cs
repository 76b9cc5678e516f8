using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Projection;

/// <summary>Reads and writes summaries in groups.</summary>
internal sealed class SummaryRows(string schema, Counting counting)
{
    // In the order of the parameters.
    private const string Columns = """
        id, version, type, plan_version, business_key, state, started_at, updated_at, ended_at, verdict, deadline_at, step, participant,
            waits_for,
        waits_since, due_at, absence, error_step, error_code, error_reason, stuck_step, stuck_code, stuck_reason, compensated, was_undone,
            columns, counted_to, unanswered
        """;

    private static readonly string[] Names = [.. Columns.Split(',').Select(name => name.Trim())];

    // What of a summary cannot change is left out.
    private static readonly string Updated = string.Join(
        ", ",
        Names
            .Except(["id", "type", "plan_version", "business_key", "started_at", "columns"], StringComparer.Ordinal)
            .Select(name => $"{name} = excluded.{name}")
    );

    private readonly string readSql = $"""
        select s.id, s.version, s.state, s.step, s.participant, s.waits_for, s.waits_since, s.columns::text, s.type, s.plan_version,
               s.business_key, s.started_at, s.ended_at, s.verdict, s.due_at, s.counted_to, s.unanswered::text
        from unnest($1) as wanted (id) join {schema}.saga_summary s on s.id = wanted.id
        """;

    private readonly string writeSql = $"""
        insert into {schema}.saga_summary ({Columns}, position)
        select {Columns}, nextval('{schema}.saga_position')
        from unnest({string.Join(", ", Enumerable.Range(1, Names.Length).Select(number => $"${number}"))})
             with ordinality as w ({Columns}, no)
        order by no
        on conflict (id) do update set {Updated}, position = excluded.position
        """;

    private readonly string columnSql = $"""
        insert into {schema}.saga_column (saga_id, type, name, text_value, number_value, time_value, started_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
        """;

    // Of a saga that is summed up anew, the outcome is there already.
    private readonly string outcomeSql = $"""
        insert into {schema}.saga_outcome
            (saga_id, position, type, business_key, state, verdict, started_at, ended_at, error_step, error_code, error_reason, columns)
        select id, position, type, business_key, state, verdict, started_at, ended_at, error_step, error_code, error_reason, columns
        from {schema}.saga_summary where id = any ($1) and ended_at is not null
        order by position
        on conflict (saga_id) do nothing
        """;

    private readonly string countSql = $"""
        insert into {schema}.saga_count as c (type, plan_version, state, sagas) select * from unnest($1, $2, $3, $4)
        on conflict (type, plan_version, state) do update set sagas = c.sagas + excluded.sagas
        """;

    private readonly StatisticWriter statistics = new(schema);
    private readonly TimerWriter timers = new(schema);
    private readonly ParkingWriter parkings = new(schema);

    /// <summary>As much of the summaries as the next ones need to know.</summary>
    public async Task<Dictionary<Guid, StoredSummary>> Read(NpgsqlConnection connection, Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(readSql, connection);
        command.Parameters.Add(SqlValue.Array(ids, NpgsqlDbType.Uuid));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<Guid, StoredSummary>(ids.Length);
        while (await row.ReadAsync(cancellationToken))
        {
            found.Add(row.GetGuid(0), new StoredSummary(Before(row), Counted(row)));
        }

        return found;
    }

    /// <summary>Writes changes, and what follows from them.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="changes">The changes, in the order of their positions.</param>
    /// <param name="countedFrom">What happened before is in the statistics already.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task Write(
        NpgsqlConnection connection,
        IReadOnlyList<SummaryChange> changes,
        DateTimeOffset countedFrom,
        CancellationToken cancellationToken
    )
    {
        if (changes.Count == 0)
        {
            return;
        }

        await using var batch = new NpgsqlBatch(connection);
        if (ParkingWriter.Parked(changes) is { Count: > 0 } parked)
        {
            // First, so that a saga is told to be parked before it is told to have ended.
            batch.BatchCommands.Add(parkings.Command(parked));
        }

        batch.BatchCommands.Add(Summaries(changes));
        if (changes.Any(change => change.Indexed.Count > 0))
        {
            batch.BatchCommands.Add(
                IndexedColumns([.. changes.SelectMany(change => change.Indexed.Select(value => (change.After, value.Column, value.Value)))])
            );
        }

        if (changes.Where(change => change.IsEnd).Select(change => change.After.Id).ToArray() is { Length: > 0 } ids)
        {
            var outcomes = new NpgsqlBatchCommand(outcomeSql);
            outcomes.Parameters.Add(SqlValue.Array(ids, NpgsqlDbType.Uuid));
            batch.BatchCommands.Add(outcomes);
        }

        if (SummaryChange.Counts(changes).ToList() is { Count: > 0 } counts)
        {
            batch.BatchCommands.Add(Counts(counts));
        }

        var started = changes.Where(change => change.IsStart && change.After.StartedAt >= countedFrom);
        var ended = changes.Where(change => change.IsEnd && change.After.EndedAt >= countedFrom);
        var answers = changes.SelectMany(change => change.Answers).Where(row => row.Hour >= countedFrom);
        foreach (
            var command in statistics
                .Commands([.. Enum.GetValues<Span>().Select(span => counting.Of(span, After(started), After(ended)))])
                .Concat(statistics.Commands(AnswerCounting.Sums(answers)))
                .Concat(timers.Commands([.. SummaryChange.Timers(changes)]))
        )
        {
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static List<SagaSummary> After(IEnumerable<SummaryChange> changes) => [.. changes.Select(change => change.After)];

    private static SagaSummary Before(NpgsqlDataReader row) =>
        new()
        {
            Id = row.GetGuid(0),
            Version = row.GetInt64(1),
            State = row.GetString(2),
            Step = row.IsDBNull(3) ? null : row.GetString(3),
            Participant = row.IsDBNull(4) ? null : row.GetString(4),
            WaitsFor = row.IsDBNull(5) ? null : row.GetString(5),
            WaitsSince = row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6),
            Columns = row.GetString(7),
            Type = row.GetString(8),
            PlanVersion = row.GetInt32(9),
            BusinessKey = row.GetString(10),
            StartedAt = row.GetFieldValue<DateTimeOffset>(11),
            UpdatedAt = default,
            EndedAt = row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12),
            Verdict = row.IsDBNull(13) ? null : row.GetString(13),
            DueAt = row.IsDBNull(14) ? null : row.GetFieldValue<DateTimeOffset>(14),
        };

    private static CountedHistory Counted(NpgsqlDataReader row) =>
        CountedHistory.Of(row.GetInt32(15), row.IsDBNull(16) ? null : row.GetString(16));

    private NpgsqlBatchCommand Summaries(IReadOnlyList<SummaryChange> changes)
    {
        var command = new NpgsqlBatchCommand(writeSql);
        void Add<T>(NpgsqlDbType type, Func<SagaSummary, T> value) => AddOf(type, change => value(change.After));
        void AddOf<T>(NpgsqlDbType type, Func<SummaryChange, T> value) =>
            command.Parameters.Add(SqlValue.Array(changes.Select(value).ToArray(), type));
        Add(NpgsqlDbType.Uuid, summary => summary.Id);
        Add(NpgsqlDbType.Bigint, summary => summary.Version);
        Add(NpgsqlDbType.Text, summary => summary.Type);
        Add(NpgsqlDbType.Integer, summary => summary.PlanVersion);
        Add(NpgsqlDbType.Text, summary => summary.BusinessKey);
        Add(NpgsqlDbType.Text, summary => summary.State);
        Add(NpgsqlDbType.TimestampTz, summary => summary.StartedAt);
        Add(NpgsqlDbType.TimestampTz, summary => summary.UpdatedAt);
        Add(NpgsqlDbType.TimestampTz, summary => summary.EndedAt);
        Add(NpgsqlDbType.Text, summary => summary.Verdict);
        Add(NpgsqlDbType.TimestampTz, summary => summary.DeadlineAt);
        Add(NpgsqlDbType.Text, summary => summary.Step);
        Add(NpgsqlDbType.Text, summary => summary.Participant);
        Add(NpgsqlDbType.Text, summary => summary.WaitsFor);
        Add(NpgsqlDbType.TimestampTz, summary => summary.WaitsSince);
        Add(NpgsqlDbType.TimestampTz, summary => summary.DueAt);
        Add(NpgsqlDbType.Text, summary => summary.Absence);
        Add(NpgsqlDbType.Text, summary => summary.ErrorStep);
        Add(NpgsqlDbType.Text, summary => summary.ErrorCode);
        Add(NpgsqlDbType.Text, summary => summary.ErrorReason);
        Add(NpgsqlDbType.Text, summary => summary.StuckStep);
        Add(NpgsqlDbType.Text, summary => summary.StuckCode);
        Add(NpgsqlDbType.Text, summary => summary.StuckReason);
        Add(NpgsqlDbType.Json, summary => summary.WasUndone ? JsonSerializer.Serialize(summary.Compensated) : "[]");
        Add(NpgsqlDbType.Boolean, summary => summary.WasUndone);
        Add(NpgsqlDbType.Jsonb, summary => summary.Columns);
        AddOf(NpgsqlDbType.Integer, change => change.Counted.To);
        AddOf(NpgsqlDbType.Json, change => change.Counted.Json());
        return command;
    }

    private NpgsqlBatchCommand IndexedColumns(IReadOnlyList<(SagaSummary Saga, BusinessColumn Column, JsonElement Value)> values)
    {
        var command = new NpgsqlBatchCommand(columnSql);
        void Add<T>(NpgsqlDbType type, Func<(SagaSummary Saga, BusinessColumn Column, JsonElement Value), T> value) =>
            command.Parameters.Add(SqlValue.Array(values.Select(value).ToArray(), type));
        Add(NpgsqlDbType.Uuid, value => value.Saga.Id);
        Add(NpgsqlDbType.Text, value => value.Saga.Type);
        Add(NpgsqlDbType.Text, value => value.Column.Name);
        Add(NpgsqlDbType.Text, value => value.Column.Kind == ColumnKind.Text ? value.Value.GetString() : null);
        Add(NpgsqlDbType.Numeric, value => value.Column.Kind == ColumnKind.Number ? value.Value.GetDecimal() : (decimal?)null);
        Add(
            NpgsqlDbType.TimestampTz,
            value =>
                value.Column.Kind == ColumnKind.Time
                    ? DateTimeOffset.Parse(value.Value.GetString()!, CultureInfo.InvariantCulture)
                    : (DateTimeOffset?)null
        );
        Add(NpgsqlDbType.TimestampTz, value => value.Saga.StartedAt);
        return command;
    }

    private NpgsqlBatchCommand Counts(IReadOnlyList<((string Type, int PlanVersion, string State) Key, int Count)> counts)
    {
        var command = new NpgsqlBatchCommand(countSql);
        command.Parameters.Add(SqlValue.Array(counts.Select(count => count.Key.Type).ToArray(), NpgsqlDbType.Text));
        command.Parameters.Add(SqlValue.Array(counts.Select(count => count.Key.PlanVersion).ToArray(), NpgsqlDbType.Integer));
        command.Parameters.Add(SqlValue.Array(counts.Select(count => count.Key.State).ToArray(), NpgsqlDbType.Text));
        command.Parameters.Add(SqlValue.Array(counts.Select(count => (long)count.Count).ToArray(), NpgsqlDbType.Bigint));
        return command;
    }
}
