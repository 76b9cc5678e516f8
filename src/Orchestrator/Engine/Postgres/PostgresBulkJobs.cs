using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Engine.Bulk;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Scopes;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Bulk jobs in Postgres.</summary>
internal sealed class PostgresBulkJobs(NpgsqlDataSource database, OrchestratorNames names) : IBulkJobs
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    private readonly BulkJobSql sql = new(names.Schema);

    public async Task<BulkJob> Create(BulkOrder order, IReadOnlyList<BulkTarget> targets, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var id = Guid.CreateVersion7();
        await using (var items = new NpgsqlCommand(sql.InsertItems, connection))
        {
            items.Parameters.Add(SqlValue.Id(id));
            items.Parameters.Add(SqlValue.Array(targets.Select(target => target.Id).ToArray(), NpgsqlDbType.Uuid));
            items.Parameters.Add(SqlValue.Array(targets.Select(target => target.Step).ToArray(), NpgsqlDbType.Text));
            await items.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand(sql.Insert, connection);
        command.Parameters.Add(SqlValue.Id(id));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = targets.Count });
        command.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.Serialize(order, Json), NpgsqlDbType = NpgsqlDbType.Json });
        command.Parameters.Add(SqlValue.Text(order.Note.Who));
        command.Parameters.Add(SqlValue.Text(order.Note.Why));
        command.Parameters.Add(SqlValue.Text(order.Note.Origin));
        var job = (await Jobs(command, cancellationToken))[0];
        await transaction.CommitAsync(cancellationToken);
        return job;
    }

    public async Task<BulkJob?> Find(Guid job, CancellationToken cancellationToken)
    {
        await using var command = Command(sql.Find, job);
        return (await Jobs(command, cancellationToken)).FirstOrDefault();
    }

    public async Task<BulkJob?> Get(Guid job, CancellationToken cancellationToken)
    {
        if (await Find(job, cancellationToken) is not { } found)
        {
            return null;
        }

        await using var counting = Command(sql.Progress, job);
        await using var row = await counting.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return found with
        {
            Progress = new BulkProgress
            {
                Done = row.GetInt32(0),
                Refused = row.GetInt32(1),
                Failed = row.GetInt32(2),
                Healed = row.GetInt32(3),
                EndedOtherwise = row.GetInt32(4),
                Parked = row.GetInt32(5),
            },
        };
    }

    public async Task<IReadOnlyList<BulkJob>> List(BulkJob? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql.List);
        command.Parameters.Add(SqlValue.Time(after?.CreatedAt));
        command.Parameters.Add(SqlValue.Id(after?.Id));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await Jobs(command, cancellationToken);
    }

    public async Task<IReadOnlyList<BulkItem>> Items(
        Guid job,
        BulkOutcome? outcome,
        int after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.CreateCommand(sql.Items);
        command.Parameters.Add(SqlValue.Id(job));
        command.Parameters.Add(SqlValue.Text(outcome?.ToString()));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await Items(command, cancellationToken);
    }

    public async Task<BulkJob?> Change(
        Guid job,
        IReadOnlyList<BulkState> from,
        BulkState to,
        OperatorNote note,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.CreateCommand(sql.Change);
        command.Parameters.Add(SqlValue.Id(job));
        command.Parameters.Add(SqlValue.Array(from.Select(state => state.ToString()).ToArray(), NpgsqlDbType.Text));
        command.Parameters.Add(SqlValue.Text(to.ToString()));
        command.Parameters.Add(SqlValue.Text(note.Who));
        command.Parameters.Add(SqlValue.Text(note.Why));
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = to is BulkState.Finished or BulkState.Cancelled });
        command.Parameters.Add(SqlValue.Text(BulkVerbs.OfChange(to)));
        command.Parameters.Add(SqlValue.Text(note.Origin));
        return (await Jobs(command, cancellationToken)).FirstOrDefault();
    }

    public async Task<BulkJob?> Claim(Guid node, CancellationToken cancellationToken)
    {
        await using var command = Command(sql.Claim, node);
        return (await Jobs(command, cancellationToken)).FirstOrDefault();
    }

    public async Task<bool> Keep(Guid job, Guid node, CancellationToken cancellationToken)
    {
        await using var command = Command(sql.Keep, job, node);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    public async Task Release(Guid job, Guid node, CancellationToken cancellationToken)
    {
        await using var command = Command(sql.Release, job, node);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<(int Results, IReadOnlyList<BulkItem> Items)> Next(
        Guid job,
        int after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var counting = Command(sql.CountResults, job, after);
        var results = (int)(await counting.ExecuteScalarAsync(cancellationToken))!;
        await using var command = Command(sql.Next, job, after, limit);
        return (results, await Items(command, cancellationToken));
    }

    public Task Write(CommitScope scope, Guid job, BulkItem result, CancellationToken cancellationToken)
    {
        ((PostgresScope)scope).Insert(sql.Results, ("job_id", job), ("number", result.Number), ("outcome", result.Outcome.ToString()));
        return Task.CompletedTask;
    }

    public async Task Write(Guid job, BulkItem result, CancellationToken cancellationToken)
    {
        await using var command = Command(
            sql.InsertResult,
            job,
            result.Number,
            result.Outcome.ToString(),
            result.Code ?? string.Empty,
            result.Reason ?? string.Empty
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<bool> HasResult(Guid job, int number, CancellationToken cancellationToken)
    {
        await using var command = Command(sql.HasResult, job, number);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private NpgsqlCommand Command(string text, params object[] parameters)
    {
        var command = database.CreateCommand(text);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return command;
    }

    private static async Task<List<BulkJob>> Jobs(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        return await command.Rows(
            row => new BulkJob
            {
                Id = row.GetGuid(0),
                CreatedAt = row.GetFieldValue<DateTimeOffset>(1),
                EndedAt = row.TimeOrNull(2),
                State = Enum.Parse<BulkState>(row.GetString(3)),
                StateReason = row.TextOrNull(4),
                Total = row.GetInt32(5),
                Order = JsonSerializer.Deserialize<BulkOrder>(row.GetString(6), Json)!,
            },
            cancellationToken
        );
    }

    private static async Task<IReadOnlyList<BulkItem>> Items(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<BulkItem>();
        while (await row.ReadAsync(cancellationToken))
        {
            string? Text(int column) => row.IsDBNull(column) || row.GetString(column).Length == 0 ? null : row.GetString(column);
            items.Add(
                new BulkItem(
                    row.GetInt32(0),
                    new BulkTarget(row.GetGuid(1), Text(2)),
                    row.IsDBNull(3) ? BulkOutcome.Pending : Enum.Parse<BulkOutcome>(row.GetString(3)),
                    Text(4),
                    Text(5),
                    row.TimeOrNull(6)
                )
            );
        }

        return items;
    }
}
