using Npgsql;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Postgres.Outbox;
using SagaOrchestrator.Messaging.Postgres.Scopes;
using SagaOrchestrator.Messaging.Telemetry;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Postgres.Commit;

/// <summary>Commits a unit in a transaction of its own.</summary>
internal sealed class TransactionCommitter(NpgsqlDataSource database, string schema)
{
    private readonly string insertInbox =
        $"insert into {schema}.inbox (message_id, message_type, content_hash) values ($1, $2, $3) on conflict do nothing";

    private readonly string insertOutbox =
        $"""
        insert into {schema}.outbox (message_id, destination, content_type, headers, body)
        select * from unnest($1, $2, $3, $4, $5)
        on conflict do nothing
        """;

    private readonly string recall = $"select content_hash from {schema}.inbox where message_id = $1";

    public async Task<CommitResult> Commit(UnitOfWork unit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var scope = new TransactionScope(connection, transaction);
        if (unit.Inbox is { } inbox && !await Enter(scope, inbox, cancellationToken))
        {
            return await Recall(inbox, cancellationToken) ?? CommitResult.Duplicate;
        }

        await unit.Execute(scope, cancellationToken);
        await scope.Flush(cancellationToken);
        if (unit.Messages.Count > 0)
        {
            await Write(scope, unit.Messages, cancellationToken);
        }

        CrashPoint.Pass(CrashPoint.UnitWritten);
        await transaction.CommitAsync(cancellationToken);
        CrashPoint.Pass(CrashPoint.UnitCommitted);
        unit.Committed();
        return CommitResult.Committed;
    }

    public async Task<bool> IsHandled(Guid messageId, CancellationToken cancellationToken) => await HashOf(messageId, cancellationToken) is not null;

    public async Task<CommitResult?> Recall(InboxEntry entry, CancellationToken cancellationToken) => await HashOf(entry.MessageId, cancellationToken) switch
    {
        null => null,
        var hash when hash == entry.ContentHash => CommitResult.Duplicate,
        _ => CommitResult.ReusedId,
    };

    private async Task<long?> HashOf(Guid messageId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(recall);
        command.Parameters.Add(new NpgsqlParameter { Value = messageId });
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    private async Task<bool> Enter(TransactionScope scope, InboxEntry inbox, CancellationToken cancellationToken)
    {
        await using var command = scope.Command(insertInbox, inbox.MessageId, inbox.MessageType, inbox.ContentHash);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private async Task Write(TransactionScope scope, IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        await using var command = scope.Command(insertOutbox, [.. OutboxRows.Parameters(messages)]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
