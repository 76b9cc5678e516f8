using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Npgsql;

namespace SagaOrchestrator.Packages.Tests.Outside;

/// <summary>A database and a virtual host of the team's own, on the servers that infra/test started.</summary>
internal sealed class TeamServers : IAsyncDisposable
{
    private readonly string name;
    private readonly HttpClient console;

    private TeamServers(string suffix)
    {
        name = $"outside{Environment.ProcessId}{suffix}";
        var address = new Uri(Setting("SAGA_TEST_RABBITMQ_CONSOLE"));
        // RabbitMQ closes what is idle for a minute; a request that meets that would fail.
        console = new HttpClient(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20) })
        {
            BaseAddress = new Uri($"http://{address.Authority}"),
        };
        console.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(address.UserInfo))
        );
    }

    public string VirtualHost => name;

    /// <summary>Names of a database and a virtual host, which the team makes itself.</summary>
    public static TeamServers Named(string suffix) => new(suffix);

    public static async Task<TeamServers> Create()
    {
        var servers = new TeamServers(string.Empty);
        await Execute(Setting("SAGA_TEST_POSTGRES"), $"create database {servers.name}");
        return servers;
    }

    /// <summary>What each program is told of the servers.</summary>
    public Dictionary<string, string> SettingsOf(string service) =>
        new()
        {
            [$"ConnectionStrings__{service}"] = Connection(service.ToLowerInvariant(), service.ToLowerInvariant() + "-dev"),
            ["ConnectionStrings__Migrator"] = Connection(
                "postgres",
                new NpgsqlConnectionStringBuilder(Setting("SAGA_TEST_POSTGRES")).Password!
            ),
            ["RabbitMq__Port"] = Setting("SAGA_TEST_RABBITMQ_PORT"),
            ["RabbitMq__VirtualHost"] = name,
        };

    /// <summary>The same as a person fills it in on docs/integrating.md.</summary>
    public Dictionary<string, string> Given()
    {
        var postgres = new NpgsqlConnectionStringBuilder(Admin);
        return new()
        {
            ["PGHOST"] = postgres.Host!,
            ["PGPORT"] = postgres.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = postgres.Username!,
            ["PGPASSWORD"] = postgres.Password!,
            ["PGDATABASE"] = name,
            ["RABBITMQ_HOST"] = "127.0.0.1",
            ["RABBITMQ_PORT"] = Setting("SAGA_TEST_RABBITMQ_PORT"),
            ["RABBITMQ_VHOST"] = name,
            ["SAGAS_BROKER_CONSOLE"] = Setting("SAGA_TEST_RABBITMQ_CONSOLE"),
        };
    }

    /// <summary>Gives the servers what the host's verb <c>topology</c> has written.</summary>
    public async Task Declare(string definitions, string roles)
    {
        using var body = new StringContent(definitions, Encoding.UTF8, "application/json");
        (await console.PostAsync("/api/definitions", body)).IsSuccessStatusCode.ShouldBeTrue("RabbitMQ takes the definitions");
        await Execute(Admin, roles);
    }

    public async Task<long> Count(string sql)
    {
        await using var database = NpgsqlDataSource.Create(Admin);
        await using var command = database.CreateCommand($"select count(*) from ({sql}) as found");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The sagas that have not ended, each with its history.</summary>
    public async Task<string> Unended()
    {
        await using var database = NpgsqlDataSource.Create(Admin);
        await using var command = database.CreateCommand(
            """
            select coalesce(string_agg(found.line, E'\n'), 'none') from (
                select s.business_key || ' ' || s.state || ': ' || (
                    select string_agg(h.data::text, ' | ' order by h.version) from orchestrator.saga_history h
                        where h.saga_id = s.id) as line
                from orchestrator.saga s where s.ended_at is null limit 3) as found
            """
        );
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public async Task<int> Messages(string queue) => (await console.GetFromJsonAsync<QueueAnswer>($"/api/queues/{name}/{queue}"))!.Messages;

    public async ValueTask DisposeAsync()
    {
        await console.DeleteAsync($"/api/vhosts/{name}");
        console.Dispose();
        NpgsqlConnection.ClearAllPools();
        await Execute(Setting("SAGA_TEST_POSTGRES"), $"drop database if exists {name} with (force)");
    }

    private string Admin => Connection("postgres", new NpgsqlConnectionStringBuilder(Setting("SAGA_TEST_POSTGRES")).Password!);

    private string Connection(string user, string password) =>
        new NpgsqlConnectionStringBuilder(Setting("SAGA_TEST_POSTGRES"))
        {
            Database = name,
            Username = user,
            Password = password,
            MaxPoolSize = 20,
        }.ConnectionString;

    private static async Task Execute(string connection, string sql)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string Setting(string key) =>
        Environment.GetEnvironmentVariable(key)
        ?? throw new InvalidOperationException($"{key} is not set: these tests need real servers. Run infra/test, which starts them.");

    private sealed record QueueAnswer(int Messages);
}
