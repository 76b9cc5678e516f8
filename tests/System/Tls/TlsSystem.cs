using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Participants.Services;
using SagaOrchestrator.Participants.Services.Inventory;
using SagaOrchestrator.Server;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Tls;

/// <summary>
/// The product on servers that take mutual TLS only. The orchestrator has a password besides, in a file; participants are known by their
/// certificates.
/// </summary>
internal sealed class TlsSystem : IAsyncDisposable
{
    public static readonly string[] Participants = ["inventory", "payments", "shipping", "notifications"];

    private readonly TlsServers servers;
    private readonly WholeLog? log;
    private readonly Dictionary<string, IHost> hosts = [];

    private TlsSystem(TlsServers servers, WholeLog? log) => (this.servers, this.log) = (servers, log);

    public HttpClient Api { get; private set; } = null!;

    /// <summary>How a service reaches its servers.</summary>
    public static Dictionary<string, string> Settings(TlsServers servers, string service)
    {
        var settings = new Dictionary<string, string>
        {
            [$"ConnectionStrings:{service}:File"] = servers.At($"{service}.database"),
            ["ConnectionStrings:Migrator"] = servers.Database.Connection("postgres"),
            // Two nodes, as of a cluster: the same under two names.
            ["RabbitMq:Host"] = string.Create(
                CultureInfo.InvariantCulture,
                $"127.0.0.1:{servers.Broker.Port},localhost:{servers.Broker.Port}"
            ),
            ["RabbitMq:VirtualHost"] = "saga",
            ["RabbitMq:Username"] = service,
            ["RabbitMq:Tls:Enabled"] = "true",
            ["RabbitMq:Tls:CaFile"] = servers.At("ca.crt"),
            ["RabbitMq:Tls:CertificateFile"] = servers.At($"{service}.crt"),
            ["RabbitMq:Tls:KeyFile"] = servers.At($"{service}.key"),
            ["Serilog:MinimumLevel:Default"] = "Fatal",
            ["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Fatal",
        };
        settings[service == "orchestrator" ? "RabbitMq:Password:File" : "RabbitMq:Tls:External"] =
            service == "orchestrator" ? servers.At("orchestrator.broker") : "true";
        if (service is "orchestrator" or "shipping")
        {
            settings["Sensitive:KeyFile"] = servers.At(TlsServers.KeyFile);
        }

        return settings;
    }

    /// <summary>The broker, as a service reaches it.</summary>
    public static BusConnection Broker(TlsServers servers, string service, params (string Key, string? Value)[] changes)
    {
        var settings = Settings(servers, service);
        foreach (var (key, value) in changes)
        {
            settings.Remove(key);
            if (value is not null)
            {
                settings[key] = value;
            }
        }

        return BusConnection.Read(new ConfigurationBuilder().AddInMemoryCollection(settings!).Build(), "RabbitMq");
    }

    /// <param name="servers">Where it runs.</param>
    /// <param name="log">Takes all that the hosts write down.</param>
    public static async Task<TlsSystem> Start(TlsServers servers, WholeLog? log = null)
    {
        var system = new TlsSystem(servers, log);
        var app = OrchestratorApp.Build(["--urls=http://127.0.0.1:0", .. Arguments(servers, "orchestrator")], system.AddLog);
        system.hosts["orchestrator"] = app;
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        system.Api = new HttpClient { BaseAddress = new Uri(address) };
        foreach (var name in Participants)
        {
            await system.StartParticipant(name);
        }

        await StockFile.Load(
            servers.Database.Connection("inventory"),
            "inventory",
            [new StockLine("p1", "Product 1", 100_000)],
            CancellationToken.None
        );
        await Eventually.True(async () => (await system.Api.GetAsync("/health/ready")).IsSuccessStatusCode, "the orchestrator is ready");
        return system;
    }

    /// <summary>Starts a participant, also one that was stopped.</summary>
    public async Task StartParticipant(string name)
    {
        var host = ParticipantApp.Build(
            ParticipantService.All.Single(one => one.Name == name),
            [.. Arguments(servers, name), $"--Sensitive:Orchestrator={Api.BaseAddress}"],
            AddLog
        );
        hosts[name] = host;
        await host.StartAsync();
    }

    public async Task StopParticipant(string name)
    {
        hosts.Remove(name, out var host);
        await host!.StopAsync();
        host.Dispose();
    }

    /// <summary>Starts orders, some each second, until it is told to end.</summary>
    public async Task<IReadOnlyList<Guid>> Order(CancellationToken enough, Func<JsonObject>? draw = null)
    {
        var sagas = new List<Guid>();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!enough.IsCancellationRequested)
        {
            sagas.Add(await Order(draw?.Invoke()));
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }

        return sagas;
    }

    /// <summary>Starts so many orders, some at a time.</summary>
    public Task Order(int count, Func<JsonObject> draw) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) => await Order(draw()));

    /// <summary>Starts an order, again until it is accepted.</summary>
    public async Task<Guid> Order(JsonObject? order = null)
    {
        order ??= global::SagaOrchestrator.Tests.Servers.Order.Of();
        var accepted = await Eventually.Get(() => Api.Post(order), answer => answer.IsSuccessStatusCode, "an order is accepted");
        return (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    /// <summary>Waits until a saga is completed. The API may have no database for a moment.</summary>
    public Task Completed(Guid saga) => Becomes(saga, "Completed");

    /// <summary>Waits until a saga has a state.</summary>
    public Task Becomes(Guid saga, string state) =>
        Eventually.True(
            async () =>
            {
                var answer = await Api.GetAsync($"/api/v1/sagas/{saga}");
                return answer.IsSuccessStatusCode
                    && (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString() == state;
            },
            $"saga {saga} is {state}"
        );

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        foreach (var host in hosts.Values)
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    private void AddLog(IServiceCollection services)
    {
        if (log is not null)
        {
            services.AddSingleton<ILoggerProvider>(log);
        }
    }

    private static IEnumerable<string> Arguments(TlsServers servers, string service) =>
        Settings(servers, service).Select(setting => $"--{setting.Key}={setting.Value}");
}
