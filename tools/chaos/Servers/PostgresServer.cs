using System.Globalization;
using Npgsql;
using SagaOrchestrator.Chaos.Processes;
using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Servers;

/// <summary>A Postgres server of the driver's own, from Debian's packages, with its data under one folder. Durability stays on.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin/";
    private const string Password = "postgres-dev";
    private static readonly TimeSpan TimeToStart = TimeSpan.FromSeconds(60);

    private readonly string data;

    public PostgresServer(string name, string folder, string logs, int port)
    {
        data = Path.Combine(folder, name);
        Port = port;
        Process = new OwnedProcess(
            name,
            ProcessKind.Postgres,
            Path.Combine(logs, name + ".log"),
            () =>
                AsPostgres(
                    Binaries + "postgres",
                    [
                        "-D",
                        data,
                        "-p",
                        port.ToString(CultureInfo.InvariantCulture),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        $"unix_socket_directories={data}",
                        "-c",
                        "max_connections=400",
                        "-c",
                        "shared_buffers=256MB",
                        "-c",
                        "wal_keep_size=256MB",
                        "-c",
                        "max_wal_size=256MB",
                        // Commits of a primary that comes back wait until its standby has found it again.
                        "-c",
                        "wal_retrieve_retry_interval=500ms",
                    ]
                )
        );
    }

    public int Port { get; }

    /// <summary>The postmaster.</summary>
    public OwnedProcess Process { get; }

    /// <summary>A connection string past all lines.</summary>
    public string Connection(string role, string database = "saga") => Connection(role, database, Port);

    /// <summary>A connection string for a service, over lines to all servers: whichever is the primary is used.</summary>
    public static string Connection(string role, string database, params IEnumerable<int> ports)
    {
        var hosts = ports.Select(port => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}")).ToArray();
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = string.Join(",", hosts),
            Database = database,
            Username = role,
            Password = role + "-dev",
            MaxPoolSize = 30,
            Timeout = 5,
            CommandTimeout = 15,
            KeepAlive = 5,
        };
        if (hosts.Length > 1)
        {
            settings.TargetSessionAttributes = "primary";
            settings.HostRecheckSeconds = 1;
        }

        return settings.ConnectionString;
    }

    /// <summary>Makes the data folder, starts, and makes roles and database.</summary>
    public async Task Create(string rolesFile)
    {
        var passwordFile = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(passwordFile, Password);
            File.SetUnixFileMode(
                passwordFile,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead
            );
            await MakeFolder();
            var (program, arguments, _) = AsPostgres(
                Binaries + "initdb",
                ["-D", data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile=" + passwordFile, "-E", "UTF8", "--locale=C.UTF-8"]
            );
            await Tool.Run(program, arguments);
        }
        finally
        {
            File.Delete(passwordFile);
        }

        await Start();
        await Execute(await File.ReadAllTextAsync(rolesFile), "postgres");
        await Execute("create database saga", "postgres");
    }

    /// <summary>Becomes a standby: takes a copy of the primary, starts, and follows. What it held before is gone.</summary>
    public async Task Follow(PostgresServer primary)
    {
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }

        await MakeFolder();
        var source = string.Create(CultureInfo.InvariantCulture, $"host=127.0.0.1 port={primary.Port} user=postgres password={Password}");
        var (program, arguments, _) = AsPostgres(
            Binaries + "pg_basebackup",
            ["-d", source, "-D", data, "-R", "-X", "stream", "-c", "fast"]
        );
        await Tool.Run(program, arguments);
        await Start();
    }

    /// <summary>From a standby to a primary. It waits for no standby of its own until it is told to.</summary>
    public async Task Promote()
    {
        await Execute("select pg_promote(true, 60)", "postgres");
        await WaitForStandby(false);
    }

    /// <summary>Whether a commit waits until a standby has it too.</summary>
    public async Task WaitForStandby(bool waits)
    {
        await Execute($"alter system set synchronous_standby_names = '{(waits ? "*" : string.Empty)}'", "postgres");
        await Execute("select pg_reload_conf()", "postgres");
    }

    /// <summary>Whether a standby has everything that is committed.</summary>
    public async Task<bool> HasStandby()
    {
        await using var connection = new NpgsqlConnection(Unpooled("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select exists (select from pg_stat_replication where sync_state = 'sync')",
            connection
        );
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    public async Task Start()
    {
        Process.Start();
        if (!await Wait.Until(() => IsUp(), TimeToStart))
        {
            throw new InvalidOperationException($"Postgres did not start within {TimeToStart.TotalSeconds:0} seconds. See {Process.Log}");
        }
    }

    /// <summary>SIGKILL for the postmaster and everything below it, as when the machine's power goes.</summary>
    public async Task KillAll()
    {
        var children = Signals.ChildrenOf(Process.Id);
        await Process.Kill();
        foreach (var (id, _) in children)
        {
            Signals.Send(id, Signals.Kill);
        }

        // While one of them lives, the shared memory does, and a new postmaster refuses to start.
        await Wait.Until(() => Task.FromResult(!children.Any(child => Directory.Exists($"/proc/{child.Id}"))), TimeToStart);
    }

    /// <summary>The processes that serve a service's connections.</summary>
    public IReadOnlyList<(int Id, string Command)> Backends() =>
        [.. Signals.ChildrenOf(Process.Id).Where(child => child.Command.Contains(" saga 127.0.0.1", StringComparison.Ordinal))];

    public async Task<bool> IsUp()
    {
        await using var connection = new NpgsqlConnection(Unpooled("postgres"));
        await connection.OpenAsync();
        return true;
    }

    public async Task Execute(string sql, string database = "saga")
    {
        await using var connection = new NpgsqlConnection(Unpooled(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Process.IsUp)
        {
            Process.Resume();
            await KillAll();
        }

        await Process.DisposeAsync();
    }

    private async Task MakeFolder()
    {
        Directory.CreateDirectory(data);
        File.SetUnixFileMode(data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (Environment.IsPrivilegedProcess)
        {
            await Tool.Run("chown", ["postgres", data]);
        }
    }

    private string Unpooled(string database) =>
        new NpgsqlConnectionStringBuilder(Connection("postgres", database))
        {
            Pooling = false,
            Timeout = 3,
            CommandTimeout = 30,
        }.ConnectionString;

    // It refuses to run as root. setpriv becomes the program, so the id is the postmaster's.
    private static ProcessCommand AsPostgres(string program, IReadOnlyList<string> arguments) =>
        Environment.IsPrivilegedProcess
            ? new ProcessCommand(
                "setpriv",
                ["--reuid=postgres", "--regid=postgres", "--init-groups", program, .. arguments],
                new Dictionary<string, string>()
            )
            : new ProcessCommand(program, arguments, new Dictionary<string, string>());
}
