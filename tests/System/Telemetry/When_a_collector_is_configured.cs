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
    [Test]
    public async Task Should_export_traces_and_metrics_by_OTLP()
    {
        var received = new ConcurrentQueue<(string Path, string Body)>();
        var port = FreePort.Find();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var collector = builder.Build();
        collector.MapFallback(async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.Enqueue((request.Path, System.Text.Encoding.Latin1.GetString(body.ToArray())));
            return Results.Ok();
        });
        await collector.StartAsync();

        await using var system = await KilledSystem.Start(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{port}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"), ("OTEL_BSP_SCHEDULE_DELAY", "200"));
        await system.Api.Run(Order.Of(product: "p5"), "Completed");
        foreach (var (path, word) in new[] { ("/v1/traces", "orchestrator"), ("/v1/traces", "inventory"), ("/v1/metrics", "saga.started") })
        {
            await Eventually.True(
                () => Task.FromResult(received.Any(sent => sent.Path == path && sent.Body.Contains(word, StringComparison.Ordinal))),
                $"{word} in {path}");
        }
    }
}
