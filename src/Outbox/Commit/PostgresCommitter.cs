using System.Text.Json;
using Npgsql;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Outbox.Commit;

/// <summary>Commits one unit per transaction.</summary>
public sealed class PostgresCommitter(NpgsqlDataSource database, string schema) : ICommitter
{
    private readonly string insertInbox =
        $"insert into {schema}.inbox (message_id, message_type) values ($1, $2) on conflict do nothing";

    private readonly string insertOutbox =
        $"""
        insert into {schema}.outbox (message_id, destination, content_type, headers, body)
        select * from unnest($1, $2, $3, $4, $5)
        on conflict do nothing
        """;

    private readonly string isHandled = $"select exists (select 1 from {schema}.inbox where message_id = $1)";

    /// <inheritdoc/>
    public async Task<CommitResult> Commit(UnitOfWork unit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var scope = new PostgresScope(connection, transaction);
        if (unit.Inbox is { } inbox && !await Enter(scope, inbox, cancellationToken))
        {
            return CommitResult.Duplicate;
        }

        foreach (var work in unit.Work)
        {
            await work.Execute(scope, unit, cancellationToken);
        }

        if (unit.Messages.Count > 0)
        {
            await Write(scope, unit.Messages, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        unit.Committed();
        return CommitResult.Committed;
    }

    /// <inheritdoc/>
    public async Task<bool> IsHandled(Guid messageId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(isHandled);
        command.Parameters.Add(new NpgsqlParameter { Value = messageId });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<bool> Enter(PostgresScope scope, InboxEntry inbox, CancellationToken cancellationToken)
    {
        await using var command = scope.Command(insertInbox, inbox.MessageId, inbox.MessageType);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private async Task Write(PostgresScope scope, IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        await using var command = scope.Command(
            insertOutbox,
            messages.Select(message => message.MessageId).ToArray(),
            messages.Select(message => message.Destination).ToArray(),
            messages.Select(message => message.ContentType).ToArray(),
            SqlValue.JsonArray([.. messages.Select(message => JsonSerializer.Serialize(message.Headers))]),
            messages.Select(message => message.Body).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
