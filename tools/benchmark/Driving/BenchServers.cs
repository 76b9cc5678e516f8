using System.Net;
using System.Net.Sockets;
using Npgsql;
using RabbitMQ.Client;
using SagaOrchestrator.Benchmarks.Floor;
using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>The servers, and what a system is given of them: two empty databases and an empty virtual host.</summary>
internal sealed class BenchServers(string postgres, int rabbitMqPort, ServersTls tls, Uri console, string definitions) : IDisposable
{
    public const string OrchestratorDatabase = "bench_orchestrator";
    public const string ParticipantsDatabase = "bench_participants";

    /// <summary>In seconds. A table of millions of rows takes its time.</summary>
    public const int LongestCommand = 1800;

    private static readonly string RingKey = Convert.ToBase64String(new byte[32]);

    private readonly NpgsqlDataSource server = NpgsqlDataSource.Create(postgres);

    /// <summary>Where an orchestrator serves its API that somebody asks.</summary>
    public Uri Api { get; } = FreeAddress();

    public BrokerConsole Broker { get; } = new(console);

    /// <summary>Empties everything, so that no round sees what another has left.</summary>
    public async Task Prepare(SystemUnderTest system)
    {
        foreach (var database in new[] { OrchestratorDatabase, ParticipantsDatabase })
        {
            await Execute($"drop database if exists {database} with (force)");
            await Execute($"create database {database}");
        }

        await Broker.CreateVirtualHost(HostOf(system), system.IsProduct ? definitions : null);
    }

    public Task Checkpoint() => Execute("checkpoint");

    public Task Remove(SystemUnderTest system) => Broker.DeleteVirtualHost(HostOf(system));

    public async Task<T> Query<T>(string sql)
    {
        await using var command = server.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The same in one of the system's databases.</summary>
    public async Task<T> Query<T>(string database, string sql)
    {
        await using var source = Open(database);
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = LongestCommand;
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>One of the system's databases, with all rights.</summary>
    public NpgsqlDataSource Open(string database) => NpgsqlDataSource.Create(Connection(database, pooling: false));

    public Task<IConnection> Connect(SystemUnderTest system) => Connect(system, Broker.User, Broker.Password);

    /// <summary>The same as a service of the product.</summary>
    public Task<IConnection> Connect(SystemUnderTest system, string service) => Connect(system, service, PasswordOf(service));

    private Task<IConnection> Connect(SystemUnderTest system, string user, string password) =>
        new ConnectionFactory
        {
            HostName = console.Host,
            Port = rabbitMqPort,
            VirtualHost = HostOf(system),
            UserName = user,
            Password = password,
            AutomaticRecoveryEnabled = false,
        }.CreateConnectionAsync();

    /// <summary>The settings of a system's process.</summary>
    public IReadOnlyDictionary<string, string> Settings(SystemUnderTest system, string role)
    {
        var database = role == Roles.Orchestrator ? OrchestratorDatabase : ParticipantsDatabase;
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__Migrator"] = Connection(database, pooling: false),
            ["ConnectionStrings__Orchestrator"] = Connection(OrchestratorDatabase, Roles.Orchestrator, system.IsSecured),
            ["ConnectionStrings__Floor"] = Connection(database, FloorSystem.FloorRole),
            ["RabbitMq__Host"] = console.Host,
            ["RabbitMq__Port"] = string.Create(null, $"{rabbitMqPort}"),
            ["RabbitMq__VirtualHost"] = HostOf(system),
            ["RabbitMq__Username"] = system.IsProduct ? Roles.Orchestrator : Broker.User,
            ["RabbitMq__Password"] = system.IsProduct ? PasswordOf(Roles.Orchestrator) : Broker.Password,
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Serilog__MinimumLevel__Default"] = "Warning",
            ["Serilog__MinimumLevel__Override__Microsoft.Hosting.Lifetime"] = "Warning",
        };
        if (role == Roles.Orchestrator)
        {
            // The order plans of the program have marked values. The benchmark's own plan has none.
            settings["Sensitive__Keys__benchmark"] = RingKey;
        }

        if (system.IsSecured)
        {
            Secure(settings);
        }

        if (system.IsOverHttp && role == Roles.Orchestrator)
        {
            settings["ASPNETCORE_URLS"] = Api.ToString();
            // One caller starts everything here.
            settings["RateLimits__Starts"] = "100000000";
        }

        if (system.IsOverHttp && system.IsSecured)
        {
            ApiKey.Configure(settings, role);
        }

        foreach (var service in Steps.All.Select(step => step.Participant))
        {
            settings["ConnectionStrings__" + service] = Connection(ParticipantsDatabase, service, system.IsSecured);
            settings[service + "__RabbitMq__Username"] = service;
            settings[service + "__RabbitMq__Password"] = PasswordOf(service);
        }

        return settings;
    }

    public void Dispose()
    {
        server.Dispose();
        Broker.Dispose();
    }

    public static string HostOf(SystemUnderTest system) => "bench-" + system.Name;

    // The development passwords of infra/postgres/roles.sql and infra/rabbitmq/definitions.json.
    private static string PasswordOf(string user) => user + "-dev";

    private string Connection(string database, string role, bool overTls = false) =>
        new NpgsqlConnectionStringBuilder(postgres)
        {
            Database = database,
            Username = role,
            Password = PasswordOf(role),
            SslMode = overTls ? SslMode.VerifyFull : SslMode.Disable,
            RootCertificate = overTls ? tls.Authority : null,
        }.ConnectionString;

    // Participants get the wrapped keys of marked values from the orchestrator.
    private void Secure(Dictionary<string, string> settings)
    {
        settings["RabbitMq__Port"] = string.Create(null, $"{tls.RabbitMqPort}");
        settings["RabbitMq__Tls__Enabled"] = "true";
        settings["RabbitMq__Tls__CaFile"] = tls.Authority;
        settings["Sensitive__Keys__benchmark"] = RingKey;
        settings["Sensitive__Orchestrator"] = settings["ASPNETCORE_URLS"] = Api.ToString();
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri(string.Create(null, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
    }

    private string Connection(string database, bool pooling) =>
        new NpgsqlConnectionStringBuilder(postgres) { Database = database, Pooling = pooling }.ConnectionString;

    private async Task Execute(string sql)
    {
        await using var command = server.CreateCommand(sql);
        command.CommandTimeout = LongestCommand;
        await command.ExecuteNonQueryAsync();
    }
}
