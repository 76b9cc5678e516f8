using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Tests.Recovery;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Telemetry;

public sealed class When_a_collector_is_configured
{
    private readonly ConcurrentQueue<(string Path, string Body)> received = new();
    private readonly int port = FreePort.Find();
    private WebApplication collector = null!;

    private (string, string)[] Export =>
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{port}"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"),
        ];

    [OneTimeSetUp]
    public async Task Listen()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        collector = builder.Build();
        collector.MapFallback(
            async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                received.Enqueue((request.Path, System.Text.Encoding.Latin1.GetString(body.ToArray())));
                return Results.Ok();
            }
        );
        await collector.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Close() => await collector.DisposeAsync();

    [Test]
    public async Task Should_export_traces_and_metrics_by_OTLP_with_the_conventions_attributes()
    {
        await using var system = await KilledSystem.Start(Export);
        await system.Api.Run(Order.Of(product: "p5"), "Completed");
        await Sent("/v1/traces", "orchestrator", "inventory");
        await Sent("/v1/metrics", "saga.started");
        await Sent(
            "/v1/traces",
            "send to.inventory",
            "messaging.system",
            "rabbitmq",
            "messaging.operation.type",
            "messaging.destination.name",
            "messaging.message.id"
        );
        await Sent("/v1/traces", "process inventory", "messaging.system", "messaging.operation.type", "messaging.destination.name");
        await Sent("/v1/traces", "http.request.method", "http.route", "http.response.status_code", "url.path");
        // Buckets of seconds, as the bytes that go over the wire.
        await Sent("/v1/metrics", "outbox.commit.duration", Bytes(0.001, 0.002, 0.005, 0.01));
        await Sent("/v1/metrics", "saga.duration", Bytes(0.01, 0.02, 0.05), Bytes(7 * 86400, 14 * 86400, 30 * 86400));
        await Sent("/v1/metrics", "saga.degraded", "saga.condition", "participant-payments");
    }

    [Test]
    public async Task Should_give_a_participant_that_has_a_process_of_its_own_its_own_name()
    {
        await using var sandbox = await Sandbox.Create();
        using var process = ServiceProcess.Participants(sandbox, Path.GetTempFileName(), ["--services", "payments"], Export);
        await Sent("/v1/metrics", Name("payments"));
    }

    [Test]
    public async Task Should_send_no_metrics_where_none_are_asked_for()
    {
        var export = Export.Select(setting =>
            setting.Item1 == "OTEL_EXPORTER_OTLP_ENDPOINT" ? (setting.Item1, setting.Item2 + "/quiet") : setting
        );
        await using var system = await KilledSystem.Start([.. export, ("OTEL_METRICS_EXPORTER", "none")]);
        await system.Api.Run(Order.Of(product: "p5"), "Completed");
        await Sent("/quiet/v1/traces", "orchestrator", "process orchestrator");
        // They would have come first: a process sends them twice a second from its start.
        received.ShouldAllBe(sent => sent.Path != "/quiet/v1/metrics");
    }

    private static string Bytes(params double[] numbers) =>
        System.Text.Encoding.Latin1.GetString([.. numbers.SelectMany(BitConverter.GetBytes)]);

    // An attribute of the resource: its name, and then its value with tag and length.
    private static string Name(string service) => $"service.name\u0012{(char)(service.Length + 2)}\n{(char)service.Length}{service}";

    private Task Sent(string path, params string[] words) =>
        Eventually.True(
            () =>
                Task.FromResult(
                    received.Any(sent => sent.Path == path && words.All(word => sent.Body.Contains(word, StringComparison.Ordinal)))
                ),
            $"{string.Join(", ", words)} in {path}"
        );
}
