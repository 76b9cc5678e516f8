using Npgsql;
using SagaOrchestrator.Messaging.Commit;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Groups;
using SagaOrchestrator.Messaging.Postgres.Scopes;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Outbox;

/// <summary>More units want a transaction of their own than there are connections.</summary>
[Property("Rule", "S24")]
[Property("Rule", "S41")]
public sealed class When_duplicates_come_at_once
{
    private const int Messages = 60;

    private EmptyDatabase database = null!;
    private ServiceDatabase few = null!;
    private GroupCommitter committer = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        database = await EmptyDatabase.Create();
        few = ServiceDatabase.Open(
            new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 5, Timeout = 2 }.ConnectionString
        );
        committer = GroupCommitter.Start(few, "orchestrator");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await committer.DisposeAsync();
        await few.DisposeAsync();
        await database.DisposeAsync();
    }

    [Test]
    public async Task Should_know_each_again_although_no_connection_is_left_to_ask_over()
    {
        Guid[] ids = [.. Enumerable.Range(0, Messages).Select(_ => Guid.NewGuid())];
        await Commit(ids);

        (await Commit(ids)).ShouldAllBe(result => result == CommitResult.Duplicate);
    }

    [Test]
    public async Task Should_leave_a_connection_to_others_while_all_wait_for_one_row()
    {
        await using var holder = await database.Source.OpenConnectionAsync();
        await using var holding = await holder.BeginTransactionAsync();
        const string Hold =
            "insert into orchestrator.plan_version (type, version, fingerprint) values ('wanted', 1, '') on conflict do nothing";
        await using (var hold = new NpgsqlCommand(Hold, holder, holding))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var waiting = Enumerable.Range(0, Messages).Select(_ => committer.Commit(Alone(Guid.NewGuid(), Hold), default)).ToList();
        await Eventually.True(
            async () => await database.Query<long>("select count(*) from pg_locks where not granted") > 0,
            "some wait for the row"
        );
        await using (var other = few.Source.CreateCommand("select 1"))
        {
            (await other.ExecuteScalarAsync()).ShouldBe(1);
        }

        await holding.RollbackAsync();
        (await Task.WhenAll(waiting)).ShouldAllBe(result => result == CommitResult.Committed);
    }

    private Task<CommitResult[]> Commit(Guid[] ids) =>
        Task.WhenAll(ids.Select(id => committer.Commit(Alone(id, "select 1"), CancellationToken.None)));

    private static UnitOfWork Alone(Guid id, string sql)
    {
        var unit = Committers.Unit(id);
        unit.Add(new OwnTransaction(sql));
        return unit;
    }

    private sealed class OwnTransaction(string sql) : IUnitWork
    {
        public bool NeedsTransaction => true;

        public async Task Execute(CommitScope scope, UnitOfWork unit, CancellationToken cancellationToken)
        {
            await using var command = ((PostgresScope)scope).Command(sql);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
