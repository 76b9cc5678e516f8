using System.Globalization;
using Npgsql;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Servers;

/// <summary>One Postgres server, or a primary whose commits wait for a standby.</summary>
internal sealed class Database : IAsyncDisposable
{
    private static readonly TimeSpan TimeToFollow = TimeSpan.FromSeconds(60);
    private volatile PostgresServer primary;

    public Database(int servers, string folder, string logs, int port, bool smallDisk)
    {
        var data = Path.Combine(folder, "postgres");
        Directory.CreateDirectory(data);
        Disk = smallDisk ? SmallDisk.Mount(data, "1g") : null;
        Servers =
        [
            .. Enumerable
                .Range(1, servers)
                .Select(number => new PostgresServer(
                    servers == 1 ? "postgres" : string.Create(CultureInfo.InvariantCulture, $"postgres-{number}"),
                    data,
                    logs,
                    port + number - 1
                )),
        ];
        primary = Servers[0];
    }

    public IReadOnlyList<PostgresServer> Servers { get; }

    public PostgresServer Primary => primary;

    public bool HasStandby => Servers.Count > 1;

    /// <summary>Where it keeps its data, when that can be filled.</summary>
    public SmallDisk? Disk { get; }

    public async Task Create(string rolesFile)
    {
        await Primary.Create(rolesFile);
        if (HasStandby)
        {
            await Pair(Servers[1]);
        }
    }

    /// <summary>The primary dies, the standby takes its place, and the old primary comes back as the standby.</summary>
    public async Task FailOver()
    {
        // Until then a commit may be on the primary alone.
        await Followed();
        var (old, next) = (Primary, Servers.First(server => server != Primary));
        await old.KillAll();
        await next.Promote();
        primary = next;
        await Pair(old);
    }

    /// <summary>A connection string past all lines.</summary>
    public string Connection(string role) => Primary.Connection(role);

    /// <summary>A connection of its own to the primary of this moment: one out of a pool may lead to a server that is gone.</summary>
    public async Task<NpgsqlConnection> Open(CancellationToken end)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(Connection("postgres")) { Pooling = false }.ConnectionString
        );
        try
        {
            await connection.OpenAsync(end);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
        {
            await server.DisposeAsync();
        }

        Disk?.Dispose();
    }

    private async Task Pair(PostgresServer standby)
    {
        await standby.Follow(Primary);
        await Primary.WaitForStandby(true);
        await Followed();
    }

    private async Task Followed()
    {
        if (!await Wait.Until(Primary.HasStandby, TimeToFollow))
        {
            throw new InvalidOperationException(
                $"{Primary.Process.Name} had no standby within {TimeToFollow.TotalSeconds:0} seconds. See {Primary.Process.Log}"
            );
        }
    }
}
