using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Audit.Rules;
using SagaOrchestrator.Engine.Audit.Running;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Postgres.Audit;

/// <summary>What the auditor reads and writes in the orchestrator's own schema. Each statement finds its rows by an index.</summary>
internal sealed class PostgresAudit(NpgsqlDataSource database, OrchestratorNames names) : IAuditStore
{
    private readonly AuditSql sql = new(names.Schema);

    public async Task<TimeSpan?> SinceLastRun(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql.SinceLastRun);
        return await command.ExecuteScalarAsync(cancellationToken) is TimeSpan since ? since : null;
    }

    public Task<IAuditTurn?> Begin(CancellationToken cancellationToken) => PostgresAuditTurn.Begin(database, sql, cancellationToken);

    public async Task<IReadOnlyList<AuditedSaga>> Read(IReadOnlyList<Guid> sagas, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql.Read);
        command.Parameters.Add(SqlValue.Ids([.. sagas]));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var read = new List<AuditedSaga>(sagas.Count);
        while (await row.ReadAsync(cancellationToken))
        {
            read.Add(
                new AuditedSaga
                {
                    Id = row.GetGuid(0),
                    Type = row.GetString(1),
                    PlanVersion = row.GetInt32(2),
                    State = row.GetString(3),
                    Progress = Document(row.GetString(4)),
                    WakeAt = row.TimeOrNull(5),
                    WakeFor = row.TextOrNull(6),
                    WakeCheckAt = row.TimeOrNull(7),
                    EndedAt = row.TimeOrNull(8),
                    UpdatedAt = row.GetFieldValue<DateTimeOffset>(9),
                    Version = row.GetInt64(10),
                    HistoryVersion = row.GetInt32(11),
                    Undoing = row.TextOrNull(12),
                    SummaryVersion = row.IsDBNull(13) ? null : row.GetInt64(13),
                    LastEntry = row.IsDBNull(14) ? null : row.GetInt32(14),
                    Now = row.GetFieldValue<DateTimeOffset>(15),
                }
            );
        }

        return read;
    }

    public async Task<bool> Write(AuditedSaga saga, string? undoing, string why, CancellationToken cancellationToken)
    {
        var (progress, timer) = (saga.Progress!, saga.Progress!.NextTimer);
        await using var command = database.CreateCommand(sql.Write);
        command.Parameters.Add(SqlValue.Id(saga.Id));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = saga.Version });
        command.Parameters.Add(SqlValue.Text(progress.State.ToString()));
        command.Parameters.Add(SqlValue.Time(timer?.DueAt));
        command.Parameters.Add(SqlValue.Text(timer?.Name));
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = progress.HasEnded });
        command.Parameters.Add(SqlValue.Text(undoing));
        command.Parameters.Add(SqlValue.Text(why));
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    public async Task SumUp(AuditedSaga saga, string why, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql.SumUp);
        command.Parameters.Add(SqlValue.Id(saga.Id));
        command.Parameters.Add(SqlValue.Text(why));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task<IReadOnlySet<(Guid Saga, string Step)>> Settled(IReadOnlyList<Guid> sagas, CancellationToken cancellationToken) =>
        Set(
            sql.Settled,
            SqlValue.Array(sagas.Select(saga => saga.ToString()).ToArray(), NpgsqlDbType.Text),
            row => (Guid.Parse(row.GetString(0)), row.GetString(1)),
            cancellationToken
        );

    public async Task<IReadOnlySet<Guid>> Unsent(IReadOnlyList<Guid> messages, TimeSpan age, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql.Unsent);
        command.Parameters.Add(SqlValue.Ids([.. messages]));
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = age });
        return await Set(command, row => row.GetGuid(0), cancellationToken);
    }

    public Task<IReadOnlySet<Guid>> WithDeadLetters(IReadOnlyList<Guid> sagas, CancellationToken cancellationToken) =>
        Set(sql.DeadLetters, SqlValue.Ids([.. sagas]), row => row.GetGuid(0), cancellationToken);

    public async Task<(int Running, IReadOnlyList<Finding> Abandoned)> Jobs(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql.Jobs);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var (running, abandoned) = (0, new List<Finding>());
        for (; await row.ReadAsync(cancellationToken); running++)
        {
            if (row.GetBoolean(1))
            {
                abandoned.Add(JobRules.Abandoned(row.GetGuid(0)));
            }
        }

        return (running, abandoned);
    }

    private async Task<IReadOnlySet<T>> Set<T>(
        string text,
        NpgsqlParameter ids,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.CreateCommand(text);
        command.Parameters.Add(ids);
        return await Set(command, read, cancellationToken);
    }

    private static async Task<IReadOnlySet<T>> Set<T>(
        NpgsqlCommand command,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var found = new HashSet<T>();
        while (await row.ReadAsync(cancellationToken))
        {
            found.Add(read(row));
        }

        return found;
    }

    private static SagaProgress? Document(string text)
    {
        try
        {
            return SagaJson.Stored<SagaProgress>(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
