using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Participants.Services;
using SagaOrchestrator.Participants.Services.Inventory;
using SagaOrchestrator.Server;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>The product in this process, on a sandbox of real servers.</summary>
internal sealed class RunningSystem : IAsyncDisposable
{
    private readonly Dictionary<string, IHost> participants = [];

    private readonly bool ownsSandbox;

    private RunningSystem(Sandbox sandbox, bool ownsSandbox) => (Sandbox, this.ownsSandbox) = (sandbox, ownsSandbox);

    public Sandbox Sandbox { get; }

    public HttpClient Api { get; private set; } = null!;

    public IServiceProvider Orchestrator => Application.Services;

    private WebApplication Application { get; set; } = null!;

    private Dictionary<string, string> Settings { get; set; } = null!;

    /// <param name="configure">Changes the settings.</param>
    /// <param name="sandbox">Where it runs; the caller disposes it. Null for one of its own.</param>
    /// <param name="add">Adds services to the orchestrator.</param>
    public static async Task<RunningSystem> Start(
        Action<Dictionary<string, string>>? configure = null,
        Sandbox? sandbox = null,
        Action<IServiceCollection>? add = null
    )
    {
        var system = new RunningSystem(sandbox ?? await Sandbox.CreateMigrated(), ownsSandbox: sandbox is null);
        var settings = system.Sandbox.Settings();
        configure?.Invoke(settings);
        system.Settings = settings;
        await system.StartOrchestrator(add);
        await system.StartParticipants();
        var stock = Enumerable.Range(1, 20).Select(number => new StockLine($"p{number}", $"Product {number}", 1000)).ToList();
        await StockFile.Load(system.Sandbox.Connection("inventory"), "inventory", stock, CancellationToken.None);
        return system;
    }

    /// <summary>Waits until what the start has raised is over: for a moment its participants were not there.</summary>
    public Task Calm() =>
        Eventually.True(
            () =>
                Sandbox.Query<bool>(
                    "select not exists (select from orchestrator.alarm where cleared_at is null) "
                        + "and not exists (select from orchestrator.alarm_sight)"
                ),
            "no alarm stands, and nobody sees a reason for one"
        );

    /// <summary>
    /// Stops a participant. A bus that has not finished its start would not be stopped, so the broker is asked before and after.
    /// </summary>
    public async Task StopParticipant(string name)
    {
        await Eventually.True(async () => await Consumers(name) == 1, $"{name} reads its queue");
        participants.Remove(name, out var host);
        await host!.StopAsync();
        host.Dispose();
        await Eventually.True(async () => await Consumers(name) == 0, $"{name} has stopped reading its queue");
    }

    /// <summary>Starts a participant, also one that was stopped.</summary>
    public async Task StartParticipant(string name)
    {
        var service = ParticipantService.All.Single(service => service.Name == name);
        var host = ParticipantApp.Build(service, [.. Settings.Select(setting => $"--{setting.Key}={setting.Value}")]);
        participants[name] = host;
        await host.StartAsync();
    }

    /// <summary>Asks the orchestrator to shut down, and waits until it has.</summary>
    public Task StopOrchestrator() => Application.StopAsync();

    /// <summary>What the orchestrator is started with.</summary>
    public static string[] Arguments(IReadOnlyDictionary<string, string> settings) =>
        [
            "--urls=http://127.0.0.1:0",
            "--RabbitMq:Username=orchestrator",
            "--RabbitMq:Password=orchestrator-dev",
            $"--Sensitive:KeyFile={TestServers.KeyFile}",
            .. settings.Select(setting => $"--{setting.Key}={setting.Value}"),
        ];

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        foreach (var host in participants.Values)
        {
            await host.StopAsync();
            host.Dispose();
        }

        await Application.StopAsync();
        await Application.DisposeAsync();
        if (ownsSandbox)
        {
            await Sandbox.DisposeAsync();
        }
    }

    private async Task<int> Consumers(string queue)
    {
        var consumers = await Sandbox.Console.GetFromJsonAsync<JsonElement>($"/api/consumers/{Sandbox.Name}");
        return consumers.EnumerateArray().Count(consumer => consumer.GetProperty("queue").GetProperty("name").GetString() == queue);
    }

    private async Task StartOrchestrator(Action<IServiceCollection>? add)
    {
        Application = OrchestratorApp.Build(Arguments(Settings), add);
        await Application.StartAsync();
        var address = Application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Api = new HttpClient { BaseAddress = new Uri(address) };
        await Eventually.True(async () => (await Api.GetAsync("/health/ready")).IsSuccessStatusCode, "the orchestrator is ready");
    }

    private async Task StartParticipants()
    {
        foreach (var service in ParticipantService.All)
        {
            await StartParticipant(service.Name);
        }
    }
}
