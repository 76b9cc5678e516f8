using System.Net;

namespace SagaOrchestrator.Tests.Health;

public sealed class When_the_database_refuses_writes_or_is_slow
{
    private const string Role = "orchestrator";

    [Test]
    public Task Should_say_that_it_is_read_only() =>
        WatchedSystem.Tells(
            "postgres",
            HttpStatusCode.ServiceUnavailable,
            "Postgres refuses writes: it is read-only. No saga is started or moved on",
            system => Connect(system, $"alter role {Role} in database {system.Sandbox.Name} set default_transaction_read_only = on"),
            system => Connect(system, $"alter role {Role} in database {system.Sandbox.Name} reset default_transaction_read_only")
        );

    [Test]
    public Task Should_say_that_its_commits_are_slow() =>
        WatchedSystem.Tells(
            "postgres",
            HttpStatusCode.OK,
            "seconds to commit a small write. Every step of every saga waits for such a commit.",
            system =>
                system.Sandbox.Execute(
                    """
                    create function orchestrator.dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(1.5); return new; end $$;
                    create trigger dawdle before update on orchestrator.write_probe for each row execute function orchestrator.dawdle();
                    """
                ),
            system => system.Sandbox.Execute("drop function orchestrator.dawdle cascade")
        );

    [Test]
    public async Task Should_say_that_it_commits_nothing()
    {
        await using var database = (await WatchedSystem.Get()).Sandbox.Database();
        await using var connection = await database.OpenConnectionAsync();
        await WatchedSystem.Tells(
            "postgres",
            HttpStatusCode.ServiceUnavailable,
            "Postgres did not commit a small write within 3 seconds.",
            _ => Execute("begin; update orchestrator.write_probe set written_at = now()"),
            _ => Execute("rollback")
        );

        async Task Execute(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    // A role's setting holds for new connections.
    private static Task Connect(Servers.RunningSystem system, string sql) =>
        system.Sandbox.Execute(
            $"{sql}; select pg_terminate_backend(pid) from pg_stat_activity where datname = '{system.Sandbox.Name}' and usename = '{Role}'"
        );
}
