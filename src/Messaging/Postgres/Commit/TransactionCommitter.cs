using Npgsql;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Loading;
using SagaOrchestrator.Messaging.Postgres.Outbox;
using SagaOrchestrator.Messaging.Postgres.Scopes;
using SagaOrchestrator.Messaging.Telemetry;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Postgres.Commit;

/// <summary>Commits a unit in a transaction of its own.</summary>
internal sealed class TransactionCommitter : IDisposable
{
    private readonly NpgsqlDataSource database;

    // Units may wait long for a row that many want, each with a connection. Some are left for who sends, sweeps and looks after things.
    private readonly SemaphoreSlim places;

    // A flood of messages that fail is asked for in groups: each may be a late duplicate.
    private readonly GroupReader<Guid, long?> hashes;
    private readonly string insertInbox;
    private readonly string insertOutbox;
    private readonly string recall;

    public TransactionCommitter(NpgsqlDataSource database, string schema)
    {
        this.database = database;
        places = new SemaphoreSlim(PlacesOf(new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize));
        hashes = new GroupReader<Guid, long?>(Hashes);
        insertInbox = $"insert into {schema}.inbox (message_id, message_type, content_hash) values ($1, $2, $3) on conflict do nothing";
        insertOutbox = $"""
            insert into {schema}.outbox (message_id, destination, content_type, headers, body)
            select * from unnest($1, $2, $3, $4, $5)
            on conflict do nothing
            """;
        recall = $"select message_id, content_hash from {schema}.inbox where message_id = any($1)";
    }

    public async Task<CommitResult> Commit(UnitOfWork unit, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            if (await TryWrite(unit, cancellationToken))
            {
                return CommitResult.Committed;
            }
        }
        finally
        {
            places.Release();
        }

        // Its connection is back by now: duplicates that held one while they ask over another would wait for one another.
        return await Recall(unit.Inbox!, cancellationToken) ?? CommitResult.Duplicate;
    }

    // False when the unit's message was handled before.
    private async Task<bool> TryWrite(UnitOfWork unit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var scope = new TransactionScope(connection, transaction);
        if (unit.Inbox is { } inbox && !await Enter(scope, inbox, cancellationToken))
        {
            return false;
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
        return true;
    }

    public async Task<bool> IsHandled(Guid messageId, CancellationToken cancellationToken) =>
        await HashOf(messageId, cancellationToken) is not null;

    public async Task<CommitResult?> Recall(InboxEntry entry, CancellationToken cancellationToken) =>
        await HashOf(entry.MessageId, cancellationToken) switch
        {
            null => null,
            var hash when hash == entry.ContentHash => CommitResult.Duplicate,
            _ => CommitResult.ReusedId,
        };

    public void Dispose() => places.Dispose();

    private static int PlacesOf(int connections) => Math.Max(1, connections - Math.Max(1, connections / 5));

    private Task<long?> HashOf(Guid messageId, CancellationToken cancellationToken) => hashes.Read(messageId, cancellationToken);

    private async Task<IReadOnlyDictionary<Guid, long?>> Hashes(IReadOnlyCollection<Guid> messages)
    {
        await using var command = database.CreateCommand(recall);
        command.Parameters.Add(SqlValue.Ids([.. messages]));
        await using var row = await command.ExecuteReaderAsync();
        var known = new Dictionary<Guid, long?>(messages.Count);
        while (await row.ReadAsync())
        {
            known.Add(row.GetGuid(0), row.GetInt64(1));
        }

        return known;
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
