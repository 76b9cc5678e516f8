using System.Text.Json;
using Npgsql;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Host.Machine;
using SagaOrchestrator.Host.Machine.Repository;
using SagaOrchestrator.Host.Plans;
using SagaOrchestrator.Outbox.Commit;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Host.Postgres;

/// <summary>Saga rows and history in Postgres.</summary>
internal sealed class PostgresSagaStore(NpgsqlDataSource database) : ISagaStore
{
    public const string Schema = "orchestrator";

    private const string LoadSql =
        $"""
        select now(), s.type, s.plan_version, s.business_key, s.state, s.data::text, s.data_hash, s.progress::text, s.results::text,
               s.compensations::text, s.trace_parent, s.started_at, s.ended_at, s.version, s.history_version, s.updated_at
        from (values (1)) as one
        left join {Schema}.saga s on s.id = $1
        """;

    private const string InsertSql =
        $"""
        insert into {Schema}.saga
            (id, type, plan_version, business_key, state, data, data_hash, progress, results, compensations, wake_at, wake_for,
             trace_parent, started_at, updated_at, ended_at, version, history_version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1, $17)
        on conflict do nothing
        """;

    private const string UpdateSql =
        $"""
        update {Schema}.saga
        set state = $3, progress = $4, results = $5, compensations = $6, wake_at = $7, wake_for = $8, wake_sent_at = null,
            updated_at = $9, ended_at = $10, version = version + 1, history_version = $11, undoing = $12
        where id = $1 and version = $2
        """;

    private const string AppendSql =
        $"""
        insert into {Schema}.saga_event (saga_id, version, type, data, message_id, at)
        select $1, entry.version, entry.type, entry.data, $2, $3
        from unnest($4, $5, $6) as entry (version, type, data)
        """;

    private const string ActionSql =
        $"insert into {Schema}.operator_action (saga_id, at, verb, step, who, why) values ($1, $2, $3, $4, $5, $6)";

    private const string CountUndoingSql =
        $"select count(*)::int from (select 1 from {Schema}.saga where undoing = $1 and ended_at is null limit $2) as found";

    public async Task<LoadedSaga> Load(Guid sagaId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(LoadSql);
        command.Parameters.Add(new NpgsqlParameter { Value = sagaId });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var now = row.GetFieldValue<DateTimeOffset>(0);
        return new LoadedSaga(row.IsDBNull(1) ? null : Read(row, sagaId, now), now);
    }

    public async Task Write(CommitScope scope, SagaInstance saga, Guid? messageId, CancellationToken cancellationToken)
    {
        var postgres = (PostgresScope)scope;
        await using var write = saga.Version == 0 ? Insert(postgres, saga) : Update(postgres, saga);
        if (await write.ExecuteNonQueryAsync(cancellationToken) != 1)
        {
            throw new ConcurrencyConflictException($"Saga {saga.CorrelationId} is no longer version {saga.Version}.");
        }

        await using var append = Append(postgres, saga, messageId);
        await append.ExecuteNonQueryAsync(cancellationToken);
        if (saga.Action is { } action)
        {
            await using var note = postgres.Command(
                ActionSql, saga.CorrelationId, saga.Now, action.Verb, SqlValue.Text(action.Step), action.Who, action.Why);
            await note.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public async Task<int> CountUndoing(string participant, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(CountUndoingSql);
        command.Parameters.Add(new NpgsqlParameter { Value = participant });
        command.Parameters.Add(new NpgsqlParameter { Value = limit });
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static SagaInstance Read(NpgsqlDataReader row, Guid sagaId, DateTimeOffset now) => new()
    {
        CorrelationId = sagaId,
        Now = now,
        Type = row.GetString(1),
        PlanVersion = row.GetInt32(2),
        BusinessKey = row.GetString(3),
        CurrentState = row.GetString(4),
        Data = row.GetString(5),
        DataHash = row.GetFieldValue<byte[]>(6),
        Progress = SagaJson.Stored<SagaProgress>(row.GetString(7)),
        Results = SagaJson.Stored<Dictionary<string, JsonElement>>(row.GetString(8)),
        Compensations = SagaJson.Stored<List<RegisterCompensation>>(row.GetString(9)),
        TraceParent = row.IsDBNull(10) ? null : row.GetString(10),
        StartedAt = row.GetFieldValue<DateTimeOffset>(11),
        EndedAt = row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12),
        Version = row.GetInt64(13),
        HistoryVersion = row.GetInt32(14),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(15),
    };

    private static NpgsqlCommand Insert(PostgresScope scope, SagaInstance saga)
    {
        var timer = saga.Progress.NextTimer;
        return scope.Command(
            InsertSql, saga.CorrelationId, saga.Type, saga.PlanVersion, saga.BusinessKey, saga.CurrentState,
            SqlValue.Json(saga.Data), saga.DataHash, ToJson(saga.Progress), ToJson(saga.Results), ToJson(saga.Compensations),
            SqlValue.Time(timer?.DueAt), SqlValue.Text(timer?.Name), SqlValue.Text(saga.TraceParent), saga.StartedAt, saga.Now, SqlValue.Time(saga.EndedAt),
            saga.HistoryVersion + saga.NewHistory.Count);
    }

    private static NpgsqlCommand Update(PostgresScope scope, SagaInstance saga)
    {
        var timer = saga.Progress.NextTimer;
        return scope.Command(
            UpdateSql, saga.CorrelationId, saga.Version, saga.CurrentState, ToJson(saga.Progress), ToJson(saga.Results),
            ToJson(saga.Compensations), SqlValue.Time(timer?.DueAt), SqlValue.Text(timer?.Name), saga.Now, SqlValue.Time(saga.EndedAt),
            saga.HistoryVersion + saga.NewHistory.Count, SqlValue.Text(saga.Undoing));
    }

    private static NpgsqlCommand Append(PostgresScope scope, SagaInstance saga, Guid? messageId) => scope.Command(
        AppendSql,
        saga.CorrelationId,
        SqlValue.Id(messageId),
        saga.Now,
        Enumerable.Range(saga.HistoryVersion + 1, saga.NewHistory.Count).ToArray(),
        saga.NewHistory.Select(entry => entry.Type).ToArray(),
        SqlValue.JsonArray([.. saga.NewHistory.Select(entry => JsonSerializer.Serialize(entry, SagaJson.Options))]));

    private static NpgsqlParameter ToJson<T>(T value) => SqlValue.Json(JsonSerializer.Serialize(value, SagaJson.Options));
}
