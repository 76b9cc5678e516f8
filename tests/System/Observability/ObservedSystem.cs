using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Participants.Services.Inventory;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Observability;

/// <summary>
/// Orchestrator and participants as processes that are scraped and that export. One process is that of notifications, so that it can be away
/// while the others work.
/// </summary>
internal sealed class ObservedSystem : IAsyncDisposable
{
    private readonly int port = FreePort.Find();
    private readonly string log = Path.GetTempFileName();
    private readonly List<ServiceProcess> processes = [];
    private ServiceProcess? notifications;

    private ObservedSystem(Sandbox sandbox, Collector collector)
    {
        (Sandbox, Collector) = (sandbox, collector);
        Api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public Sandbox Sandbox { get; }

    public Collector Collector { get; }

    public HttpClient Api { get; }

    /// <summary>Where each process serves its metrics.</summary>
    public IReadOnlyDictionary<string, int> MetricsPorts { get; } =
        new[] { "orchestrator", "participants", "notifications" }.ToDictionary(name => name, _ => FreePort.Find());

    /// <param name="before">What happens before anything is started.</param>
    public static async Task<ObservedSystem> Start(Func<Sandbox, Task> before)
    {
        var system = new ObservedSystem(await Sandbox.CreateMigrated(), await Collector.Start());
        await before(system.Sandbox);
        system.processes.Add(
            ServiceProcess.Orchestrator(system.Sandbox, system.port, system.log + ".orchestrator", system.Settings("orchestrator"))
        );
        system.processes.Add(system.Participants("participants", "inventory", "payments", "shipping"));
        system.StartNotifications();
        await Eventually.True(system.IsReady, "the orchestrator is ready");
        await Eventually.True(
            () => system.Sandbox.Query<bool>("select to_regclass('shipping.shipment') is not null"),
            "the participants' schemas are there"
        );
        var stock = Enumerable.Range(1, 20).Select(number => new StockLine($"p{number}", $"Product {number}", 1000)).ToList();
        await StockFile.Load(system.Sandbox.Connection("inventory"), "inventory", stock, CancellationToken.None);
        return system;
    }

    public void StartNotifications() => notifications = Participants("notifications", "notifications");

    public void KillNotifications()
    {
        notifications?.Dispose();
        notifications = null;
    }

    /// <summary>What an operator does.</summary>
    public async Task Act(string path, JsonObject body)
    {
        (body["by"], body["reason"]) = ("ann", "It is mended.");
        var answer = await Api.PostAsJsonAsync(path, body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Discards the malformed message of a queue.</summary>
    public async Task Discard(string queue)
    {
        var letters = await Eventually.Get(
            async () =>
                (await Api.GetFromJsonAsync<JsonElement>($"/api/v1/dead-letters?queue={queue}&reason=malformed")).GetProperty("items"),
            items => items.GetArrayLength() > 0,
            $"the dead letter of {queue} is listed"
        );
        await Act($"/api/v1/dead-letters/{letters[0].GetProperty("id").GetString()}/discard", new JsonObject());
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        KillNotifications();
        processes.ForEach(process => process.Dispose());
        await Collector.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    private ServiceProcess Participants(string name, params string[] services) =>
        ServiceProcess.Participants(Sandbox, $"{log}.{name}", ["--services", .. services], Settings(name));

    private (string, string)[] Settings(string process) =>
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", Collector.Address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"),
            ("OTEL_EXPORTER_PROMETHEUS_PORT", MetricsPorts[process].ToString(CultureInfo.InvariantCulture)),
            ("OrderFulfillment__StepTimeout", "00:00:02"),
            ("OrderFulfillment__FirstRetryDelay", "00:00:00.200"),
            ("OrderFulfillment__CompensationAttempts", "2"),
            ("BusinessOrders__StepTimeout", "00:00:02"),
            ("Webhooks__AllowPrivateAddresses", "true"),
            ("Webhooks__AllowHttp", "true"),
            ("Audit__Every", "00:00:01"),
        ];

    private async Task<bool> IsReady()
    {
        try
        {
            return (await Api.GetAsync("/health/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
