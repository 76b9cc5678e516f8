using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Postgres.Outbox;

/// <summary>The outbox tables of one schema.</summary>
public sealed class PostgresOutboxStore(NpgsqlDataSource database, string schema) : IOutboxStore
{
    // As many as are read into memory at once; a group may be some megabytes.
    private const int GroupsAtOnce = 10;

    private readonly WaitingMessages waiting = new(database, schema);

    private readonly string takeOverdueGroups = $"""
        delete from {schema}.outbox_group where id in (
            select id from {schema}.outbox_group where created_at <= now() - interval '5 seconds'
            order by created_at limit {GroupsAtOnce} for update skip locked)
        returning messages, left_out
        """;

    private readonly string takeGroup = $"delete from {schema}.outbox_group where id = $1";

    private readonly string insert = $"""
        insert into {schema}.outbox (message_id, destination, content_type, headers, body, last_error, next_attempt_at)
        select m.*, now() + $7 from unnest($1, $2, $3, $4, $5, $6) as m
        on conflict do nothing
        """;

    // A claimed row is left alone by others for as long as an attempt may take. It becomes due later again, so that every row is tried.
    private readonly string claim = $"""
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

    // Backoff doubles from two seconds, counted from the failure.
    private readonly string fail = $"""
        update {schema}.outbox
        set last_error = $2,
            next_attempt_at = now() + least($3, interval '2 seconds' * power(2, least(attempts, 10)))
        where message_id = $1
        """;

    private readonly string backlog = $"""
        select coalesce(sum(messages), 0)::bigint, coalesce(extract(epoch from now() - min(since)), 0)::float8,
               (select count(*) from {schema}.waiting_message)
        from (select count(*) as messages, min(created_at) as since from {schema}.outbox
              union all select sum(message_count), min(created_at) from {schema}.outbox_group) as waiting
        """;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OutgoingMessage>> ClaimOverdue(int limit, CancellationToken cancellationToken)
    {
        await TakeApartOverdueGroups(cancellationToken);
        await using var command = database.Command(claim, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var messages = new List<OutgoingMessage>();
        while (await reader.ReadAsync(cancellationToken))
        {
            messages.Add(OutboxRows.Message(reader));
        }

        return messages;
    }

    /// <inheritdoc/>
    public async Task Fail(Guid messageId, string error, TimeSpan longest, CancellationToken cancellationToken)
    {
        await using var command = database.Command(fail, messageId, error, longest);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task KeepUnsent(Guid group, IReadOnlyList<UnsentMessage> messages, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var take = new NpgsqlCommand(takeGroup, connection) { Parameters = { new NpgsqlParameter { Value = group } } };
        if (await take.ExecuteNonQueryAsync(cancellationToken) == 1)
        {
            await Insert(
                connection,
                [.. messages.Select(unsent => unsent.Message)],
                [.. messages.Select(unsent => unsent.Error)],
                TimeSpan.FromSeconds(2),
                cancellationToken
            );
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<OutboxBacklog> Backlog(CancellationToken cancellationToken)
    {
        await using var command = database.Command(backlog);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new OutboxBacklog(reader.GetInt64(0), TimeSpan.FromSeconds(reader.GetDouble(1)), reader.GetInt64(2));
    }

    /// <inheritdoc/>
    public Task KeepWaiting(OutgoingMessage message, string reason, TimeSpan wait, CancellationToken cancellationToken) =>
        waiting.Keep(message, reason, wait, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WaitingMessage>> ClaimWaiting(int limit, CancellationToken cancellationToken) =>
        waiting.Claim(limit, cancellationToken);

    /// <inheritdoc/>
    public Task Delete(WaitingMessage sent, CancellationToken cancellationToken) => waiting.Delete(sent, cancellationToken);

    // Each message for itself from then on: one that cannot be sent must not hold up its neighbours.
    private async Task TakeApartOverdueGroups(CancellationToken cancellationToken)
    {
        int taken;
        do
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            (taken, var messages) = await TakeOverdueGroups(connection, cancellationToken);
            if (messages.Count > 0)
            {
                await Insert(connection, messages, new string?[messages.Count], TimeSpan.Zero, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        } while (taken == GroupsAtOnce);
    }

    private async Task<(int Groups, IReadOnlyList<OutgoingMessage> Messages)> TakeOverdueGroups(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(takeOverdueGroups, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var messages = new List<OutgoingMessage>();
        var groups = 0;
        for (; await row.ReadAsync(cancellationToken); groups++)
        {
            messages.AddRange(OutboxGroupText.Read(row.GetString(0), row.IsDBNull(1) ? [] : row.GetFieldValue<int[]>(1)));
        }

        return (groups, messages);
    }

    private async Task Insert(
        NpgsqlConnection connection,
        IReadOnlyList<OutgoingMessage> messages,
        string?[] errors,
        TimeSpan pause,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(insert, connection);
        foreach (var parameter in OutboxRows.Parameters(messages))
        {
            command.Parameters.Add(parameter);
        }

        command.Parameters.Add(SqlValue.Array(errors, NpgsqlDbType.Text));
        command.Parameters.Add(new NpgsqlParameter { Value = pause });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
