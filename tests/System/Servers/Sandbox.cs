using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Ids;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>A database and a virtual host of a test's own, with the product's roles, users, queues and policies.</summary>
internal sealed class Sandbox : IAsyncDisposable
{
    private static int count;

    private readonly HttpClient console = TestServers.RabbitMqConsole();

    // A source reads the database's types once, which costs more than all that a test asks.
    private readonly NpgsqlDataSource own;

    private Sandbox(string name)
    {
        Name = name;
        own = Database();
    }

    public string Name { get; }

    public HttpClient Console => console;

    /// <summary>One whose database is empty.</summary>
    public static Task<Sandbox> Create() => Create("template1");

    /// <summary>One whose database has every schema of the product already.</summary>
    public static async Task<Sandbox> CreateMigrated() => await Create(await SchemaTemplate.Name());

    /// <summary>Makes the product's roles, and takes from everybody in the database what nobody needs.</summary>
    public static async Task MakeRoles(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            await File.ReadAllTextAsync(Path.Combine(TestServers.Root, "infra/postgres/roles.sql"))
        );
        await command.ExecuteNonQueryAsync();
    }

    public string Connection(string role) => ConnectionTo(Name, role);

    /// <summary>Connections of the caller's own, who closes them.</summary>
    public NpgsqlDataSource Database() =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Database = Name, MaxPoolSize = 5 });

    /// <summary>The product's settings for this sandbox.</summary>
    public Dictionary<string, string> Settings() => SettingsOf(Name);

    /// <summary>The product's settings for a database and a virtual host of this name.</summary>
    public static Dictionary<string, string> SettingsOf(string name)
    {
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:Migrator"] = ConnectionTo(name, "postgres"),
            ["ConnectionStrings:Orchestrator"] = ConnectionTo(name, "orchestrator"),
            ["RabbitMq:Port"] = TestServers.RabbitMqPort.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["RabbitMq:VirtualHost"] = name,
            ["Serilog:MinimumLevel:Default"] = "Error",
            ["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Error",
        };
        foreach (var service in new[] { "inventory", "payments", "shipping", "notifications" })
        {
            settings[$"ConnectionStrings:{service}"] = ConnectionTo(name, service);
            settings[$"{service}:RabbitMq:Username"] = service;
            settings[$"{service}:RabbitMq:Password"] = service + "-dev";
        }

        return settings;
    }

    /// <summary>Cuts every service off from the database, as if it had gone away.</summary>
    public async Task Block()
    {
        await Server($"alter database {Name} allow_connections false");
        await Server($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{Name}'");
        own.Clear();
    }

    public Task Unblock() => Server($"alter database {Name} allow_connections true");

    public async Task<T> Query<T>(string sql)
    {
        await using var command = own.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The id of a saga's command, as only the orchestrator and whoever got the command know it.</summary>
    public async Task<Guid> CommandId(Guid saga, string step, Direction direction = Direction.Do) =>
        SagaIds.OfCommand(
            await Query<Guid>($"select (progress ->> 'commandKey')::uuid from orchestrator.saga where id = '{saga}'"),
            step,
            direction
        );

    public async Task Execute(string sql)
    {
        await using var command = own.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What an administrator does when something of the topology is gone.</summary>
    public async Task ImportTopology()
    {
        var definitions = await Definitions();
        var scoped = new JsonObject();
        foreach (var section in new[] { "exchanges", "queues", "bindings", "policies" })
        {
            scoped[section] = new JsonArray([
                .. definitions[section]!
                    .AsArray()
                    .Select(item =>
                    {
                        var copy = item!.DeepClone().AsObject();
                        copy.Remove("vhost");
                        return (JsonNode)copy;
                    }),
            ]);
        }

        var answer = await console.PostAsync($"/api/definitions/{Name}", JsonContent.Create<JsonNode>(scoped));
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"RabbitMQ refused the definitions: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await console.DeleteAsync($"/api/vhosts/{Name}");
        console.Dispose();
        await own.DisposeAsync();
        await Server($"drop database if exists {Name} with (force)");
    }

    private static async Task<Sandbox> Create(string template)
    {
        var sandbox = new Sandbox($"t{Environment.ProcessId}_{Interlocked.Increment(ref count)}");
        await Server($"create database {sandbox.Name} template {template}");
        await MakeRoles(sandbox.own);
        await sandbox.CreateVirtualHost();
        return sandbox;
    }

    private static string ConnectionTo(string database, string role) =>
        new NpgsqlConnectionStringBuilder(TestServers.Postgres)
        {
            Database = database,
            Username = role,
            Password = role + "-dev",
            MaxPoolSize = 30,
        }.ConnectionString;

    private static async Task Server(string sql)
    {
        await using var command = TestServers.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task CreateVirtualHost()
    {
        var definitions = await Definitions();
        (await console.PutAsJsonAsync($"/api/vhosts/{Name}", new { })).EnsureSuccessStatusCode();
        foreach (var permission in definitions["permissions"]!.AsArray())
        {
            (await console.PutAsJsonAsync($"/api/permissions/{Name}/{permission!["user"]}", permission)).EnsureSuccessStatusCode();
        }

        await ImportTopology();
    }

    private static async Task<JsonObject> Definitions() =>
        JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(TestServers.Root, "infra/rabbitmq/definitions.json")))!.AsObject();
}
