using Npgsql;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Stores;

public sealed class When_the_wall_clock_is_set
{
    [Test]
    [Property("Rule", "S35")]
    public async Task Should_find_a_database_that_it_takes_for_gone_until_a_time_on_that_clock()
    {
        var server = new NpgsqlConnectionStringBuilder(TestServers.Postgres);
        await using var line = CutLine.To(server.Port);
        server.Host = $"127.0.0.1:{FreePort.Find()},127.0.0.1:{line.Port}";
        server.TargetSessionAttributes = "primary";
        server.HostRecheckSeconds = 3600;
        var clock = new SettableClock();
        await using var database = ServiceDatabase.Open(server.ConnectionString, clock);
        line.Refuse();
        (await IsFound(database)).ShouldBeFalse();
        line.Mend();
        (await IsFound(database)).ShouldBeFalse("Npgsql believes what it has learned");

        clock.Off = -TimeSpan.FromSeconds(90);

        await Eventually.True(() => IsFound(database), "the database is found");
    }

    private static async Task<bool> IsFound(ServiceDatabase database)
    {
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync();
            await using var group = await database.Groups.OpenConnectionAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private sealed class SettableClock : TimeProvider
    {
        private long off;

        public TimeSpan Off
        {
            get => new(Volatile.Read(ref off));
            set => Volatile.Write(ref off, value.Ticks);
        }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Off;
    }
}
