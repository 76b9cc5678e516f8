using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Observability;

/// <summary>Takes what is exported by OTLP, and what webhooks are told.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<ExportedSpan> spans = new();
    private readonly ConcurrentDictionary<(string, string, string), ExportedMetric> metrics = new();
    private readonly WebApplication server;

    private Collector(WebApplication server, string address) => (this.server, Address) = (server, address);

    public string Address { get; }

    public IReadOnlyCollection<ExportedSpan> Spans => spans;

    /// <summary>The last of each, of each service, with all attributes and exemplars that it ever had.</summary>
    public IReadOnlyCollection<ExportedMetric> Metrics => [.. metrics.Values];

    public static async Task<Collector> Start()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var address = $"http://127.0.0.1:{FreePort.Find()}";
        builder.WebHost.UseUrls(address);
        var collector = new Collector(builder.Build(), address);
        collector.server.MapFallback(collector.Take);
        await collector.server.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<IResult> Take(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (request.Path == "/v1/traces")
        {
            foreach (var span in Exported.Spans(body.ToArray()))
            {
                spans.Enqueue(span);
            }
        }
        else if (request.Path == "/v1/metrics")
        {
            foreach (var metric in Exported.Metrics(body.ToArray()))
            {
                metrics.AddOrUpdate((metric.Service, metric.Scope, metric.Name), metric, (_, former) => Merged(former, metric));
            }
        }

        return Results.Ok();
    }

    private static ExportedMetric Merged(ExportedMetric former, ExportedMetric metric) =>
        metric with
        {
            Attributes = former.Attributes.Union(metric.Attributes).ToHashSet(),
            Exemplars = former.Exemplars.Union(metric.Exemplars).ToHashSet(),
        };
}
