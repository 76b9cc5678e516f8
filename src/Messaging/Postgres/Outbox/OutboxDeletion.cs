using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Messaging.Postgres.Outbox;

/// <summary>
/// Deletes the rows of an outbox table whose messages are confirmed. The next group commit takes them along; when there is none, they are
/// deleted a moment later. A row that is left is sent again by the sweeper, and the receiver's inbox knows it.
/// </summary>
internal sealed class OutboxDeletion : IAsyncDisposable
{
    private const int MostAtOnce = 1000;
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(100);

    private readonly NpgsqlDataSource database;
    private readonly string sql;
    private readonly ConcurrentQueue<Guid> confirmed = new();
    private readonly CancellationTokenSource closing = new();
    private readonly Task flushing;

    public OutboxDeletion(NpgsqlDataSource database, string table, string key)
    {
        this.database = database;
        sql = $"delete from {table} where {key} = any ($1)";
        flushing = Task.Run(FlushNowAndThen);
    }

    public void Add(Guid id) => confirmed.Enqueue(id);

    public Guid[] Take()
    {
        if (confirmed.IsEmpty)
        {
            return [];
        }

        var taken = new List<Guid>();
        while (taken.Count < MostAtOnce && confirmed.TryDequeue(out var id))
        {
            taken.Add(id);
        }

        return [.. taken];
    }

    public void Retry(Guid[] ids) => Array.ForEach(ids, confirmed.Enqueue);

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await flushing;
        await Flush();
        closing.Dispose();
    }

    private async Task FlushNowAndThen()
    {
        using var timer = new PeriodicTimer(Linger);
        try
        {
            while (await timer.WaitForNextTickAsync(closing.Token))
            {
                await Flush();
            }
        }
        catch (OperationCanceledException)
        {
            // The last flush is the disposer's.
        }
    }

    private async Task Flush()
    {
        for (var taken = Take(); taken.Length > 0; taken = Take())
        {
            try
            {
                await using var command = database.CreateCommand(sql);
                command.Parameters.Add(SqlValue.Array(taken, NpgsqlDbType.Uuid));
                await command.ExecuteNonQueryAsync();
                CrashPoint.Pass(CrashPoint.OutboxDeleted);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException)
            {
                // The database is away; the group commits say so. These wait.
                Retry(taken);
                return;
            }
        }
    }
}
