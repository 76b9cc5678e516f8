using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SagaOrchestrator.Http;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Sensitive;

/// <summary>A host with a plan that has marks, and its two participants, on a sandbox of real servers.</summary>
internal sealed class MarkedSystem : IAsyncDisposable
{
    private readonly Dictionary<string, IHost> participants = [];
    private readonly string keyFile = Path.GetTempFileName();
    private readonly WholeLog log = new();
    private WebApplication app = null!;

    private MarkedSystem(Sandbox sandbox) => Sandbox = sandbox;

    public Sandbox Sandbox { get; }

    public HttpClient Api { get; private set; } = null!;

    public IReadOnlyCollection<string> Log => log.Lines;

    public static async Task<MarkedSystem> Start()
    {
        var system = new MarkedSystem(await Sandbox.CreateMigrated());
        system.AddKey("first");
        await system.StartOrchestrator();
        await system.StartParticipant("payments");
        await system.StartParticipant("shipping");
        return system;
    }

    /// <summary>Makes a new key and has it active; the others stay in the ring.</summary>
    public void AddKey(string name)
    {
        var line = $"{name} {Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}\n";
        File.WriteAllText(keyFile, line + File.ReadAllText(keyFile));
    }

    /// <summary>Takes a key out of the ring.</summary>
    public void RemoveKey(string name) =>
        File.WriteAllLines(
            keyFile,
            File.ReadAllLines(keyFile).Where(line => !line.StartsWith(name + " ", StringComparison.Ordinal)).ToList()
        );

    /// <summary>Makes a new key the active one in place of another, which is gone at once.</summary>
    /// <returns>What the ring had of that other.</returns>
    public string RemoveKey(string name, string replacedBy)
    {
        var gone = File.ReadAllLines(keyFile).Single(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        File.WriteAllText(keyFile, $"{replacedBy} {Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}\n");
        return gone;
    }

    /// <summary>Puts a key back into the ring.</summary>
    public void ReturnKey(string line) => File.AppendAllText(keyFile, line + "\n");

    public async Task StartParticipant(string name)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(Settings(name).Append(new("Sensitive:Orchestrator", Api.BaseAddress!.ToString())));
        builder.Logging.AddProvider(log);
        builder.Services.AddParticipant(
            name,
            participant =>
            {
                participant.ReadServersFrom(builder.Configuration);
                _ = name == "payments" ? participant.AddStep<ChargeStep>() : participant.AddStep<ShipStep>();
            }
        );
        participants[name] = builder.Build();
        await participants[name].StartAsync();
    }

    /// <summary>Answers a step that a participant has deferred.</summary>
    public Task<bool> Answer(string participant, SagaCommand command, Func<StepOutcome> finish) =>
        participants[participant]
            .Services.GetRequiredService<DeferredReplies>()
            .Answer(command.Saga!, _ => Task.FromResult(finish()), CancellationToken.None);

    public async Task StopParticipant(string name)
    {
        participants.Remove(name, out var host);
        await host!.StopAsync();
        host.Dispose();
    }

    public async Task<Guid> StartOrder(string order, string customer, string name, bool fails = false)
    {
        var answer = await Try(order, customer, name, fails);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    public Task<HttpResponseMessage> Try(string order, string customer, string name, bool fails = false) =>
        Api.PostAsJsonAsync(
            "/api/v1/sagas/marked-order",
            new
            {
                orderId = order,
                customerId = customer,
                name,
                age = "79",
                notes = new[] { "Note of " + name },
                cannotBeShipped = fails,
            }
        );

    public async Task Approve(Guid saga, string approver)
    {
        var answer = await Api.PostAsJsonAsync(
            $"/api/v1/sagas/{saga}/signals",
            new
            {
                signalId = Guid.NewGuid(),
                name = "approval",
                data = new { approver },
            }
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    public Task<string> Waits(Guid saga, string state) =>
        Eventually.Get(
            () => Sandbox.Query<string>($"select coalesce((select state from orchestrator.saga where id = '{saga}'), '')"),
            now => now == state,
            $"the saga is {state}"
        );

    public Task IsApprovedNext(Guid saga) =>
        Eventually.True(
            async () =>
                (await Status(saga))
                    .GetProperty("steps")
                    .EnumerateArray()
                    .Any(step => step.TryGetProperty("waitsFor", out var wait) && wait.ToString().Contains("ignal")),
            "the saga waits for its approval"
        );

    public Task<JsonElement> Status(Guid saga) => Api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas/{saga}");

    public async Task<JsonElement> Forget(string customer) =>
        await (
            await Api.PostAsJsonAsync($"/api/v1/subjects/{customer}/forget", new { by = "officer", reason = "Asked for by letter." })
        ).Content.ReadFromJsonAsync<JsonElement>();

    public async Task<JsonElement> Reveal(Guid saga) =>
        await (
            await Api.PostAsJsonAsync($"/api/v1/sagas/{saga}/reveal", new { by = "officer", reason = "To call back." })
        ).Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>The database as a dump has it.</summary>
    public async Task<string> Dump(params string[] more)
    {
        var postgres = new NpgsqlConnectionStringBuilder(Sandbox.Connection("postgres"));
        var start = new ProcessStartInfo(
            "/usr/lib/postgresql/15/bin/pg_dump",
            ["-h", postgres.Host!, "-p", postgres.Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", .. more, Sandbox.Name]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["PGPASSWORD"] = postgres.Password;
        using var dump = Process.Start(start)!;
        var text = await dump.StandardOutput.ReadToEndAsync();
        await dump.WaitForExitAsync();
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in participants.Values)
        {
            await host.StopAsync();
            host.Dispose();
        }

        Api.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        await Sandbox.DisposeAsync();
        log.Dispose();
        File.Delete(keyFile);
    }

    private IEnumerable<KeyValuePair<string, string?>> Settings(string user) =>
        Sandbox
            .Settings()
            .Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))
            .Concat([
                new("RabbitMq:Username", user),
                new("RabbitMq:Password", user + "-dev"),
                new("Sensitive:KeyFile", keyFile),
                new("Urls", "http://127.0.0.1:0"),
            ]);

    private async Task StartOrchestrator()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(Settings("orchestrator"));
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSagaOrchestrator(options => options.ReadServersFrom(builder.Configuration)).AddPlan<MarkedOrderPlan>();
        builder.Services.AddSagaApi(builder.Configuration);
        app = builder.Build();
        app.MapSagaApi();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Api = new HttpClient { BaseAddress = new Uri(address) };
        await Eventually.True(async () => (await Api.GetAsync("/health/ready")).IsSuccessStatusCode, "the orchestrator is ready");
    }
}
