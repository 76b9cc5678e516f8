using Npgsql;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Postgres.Scopes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Outbox;

/// <summary>
/// A group that cannot commit because somebody else has a row that it writes. What comes meanwhile waits, and goes together when it is let
/// go.
/// </summary>
internal sealed class HeldGroup : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private HeldGroup(NpgsqlConnection connection, NpgsqlTransaction transaction, Task<CommitResult> first)
    {
        this.connection = connection;
        this.transaction = transaction;
        First = first;
    }

    /// <summary>The unit that is held.</summary>
    public Task<CommitResult> First { get; }

    public static async Task<HeldGroup> Begin(EmptyDatabase database, ICommitter committer, params Guid[] sends)
    {
        await database.Query<int>(
            "insert into orchestrator.plan_version (type, version, fingerprint) values ('held', 1, '') on conflict do nothing; select 1"
        );
        var holder = await database.Source.OpenConnectionAsync();
        var holding = await holder.BeginTransactionAsync();
        await using (
            var hold = new NpgsqlCommand("select 1 from orchestrator.plan_version where type = 'held' for update", holder, holding)
        )
        {
            await hold.ExecuteNonQueryAsync();
        }

        var unit = Committers.Unit(Guid.NewGuid(), sends);
        unit.Add(Writes("update orchestrator.plan_version set fingerprint = 'x' where type = 'held'"));
        var first = committer.Commit(unit, default);
        await Eventually.True(
            () =>
                database.Query<bool>(
                    "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"
                ),
            "the group is held"
        );
        return new HeldGroup(holder, holding, first);
    }

    public static TestWork Writes(string sql) =>
        new(scope =>
        {
            ((PostgresScope)scope).Write(sql);
            return Task.CompletedTask;
        });

    public async Task LetGo() => await transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
