using System.Text.Json;
using Npgsql;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Outbox.Commit;

/// <summary>The outbox table of one schema.</summary>
public sealed class PostgresOutboxStore(NpgsqlDataSource database, string schema) : IOutboxStore
{
    // A claimed row is left alone by others for as long as an attempt may take. It is put off, so that every row has its turn.
    private readonly string claim =
        $"""
        update {schema}.outbox as o
        set attempts = o.attempts + 1,
            next_attempt_at = now() + interval '30 seconds'
        where o.message_id in (
            select message_id from {schema}.outbox
            where next_attempt_at <= now()
            limit $1
            for update skip locked)
        returning o.message_id, o.destination, o.content_type, o.headers, o.body
        """;

    // Backoff doubles from two seconds up to five minutes, counted from the failure.
    private readonly string fail =
        $"""
        update {schema}.outbox
        set last_error = $2,
            next_attempt_at = now() + least(interval '5 minutes', interval '2 seconds' * power(2, least(attempts, 10)))
        where message_id = $1
        """;

    private readonly string backlog =
        $"select count(*), coalesce(extract(epoch from now() - min(created_at)), 0)::float8 from {schema}.outbox";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OutgoingMessage>> ClaimOverdue(int limit, CancellationToken cancellationToken)
    {
        await using var command = Command(claim, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var messages = new List<OutgoingMessage>();
        while (await reader.ReadAsync(cancellationToken))
        {
            messages.Add(new OutgoingMessage(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetString(2),
                JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(3))!,
                reader.GetFieldValue<byte[]>(4)));
        }

        return messages;
    }

    /// <inheritdoc/>
    public async Task Fail(Guid messageId, string error, CancellationToken cancellationToken)
    {
        await using var command = Command(fail, messageId, error);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<OutboxBacklog> Backlog(CancellationToken cancellationToken)
    {
        await using var command = Command(backlog);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new OutboxBacklog(reader.GetInt64(0), TimeSpan.FromSeconds(reader.GetDouble(1)));
    }

    private NpgsqlCommand Command(string sql, params object[] parameters)
    {
        var command = database.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return command;
    }
}
