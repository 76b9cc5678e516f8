using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>Takes what the measured processes export by OTLP, counts the spans, and keeps nothing.</summary>
internal sealed class SpanSink : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly double sampled;
    private long spans;
    private long bytes;

    private SpanSink(WebApplication app, double sampled) => (this.app, this.sampled) = (app, sampled);

    /// <summary>How many spans have arrived.</summary>
    public long Spans => Volatile.Read(ref spans);

    /// <summary>Their size, as they were sent.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>The environment of a process that is to export to it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
        [
            new("OTEL_EXPORTER_OTLP_ENDPOINT", app.Urls.Single()),
            new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            new("OTEL_METRICS_EXPORTER", "none"),
            new("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"),
            new("OTEL_TRACES_SAMPLER_ARG", sampled.ToString(CultureInfo.InvariantCulture)),
        ];

    /// <param name="sampled">Which part of the traces is to be exported.</param>
    public static async Task<SpanSink> Start(double sampled)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sink = new SpanSink(builder.Build(), sampled);
        sink.app.MapPost("/v1/traces", sink.Take);
        await sink.app.StartAsync();
        return sink;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        using var body = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        Interlocked.Add(ref spans, OtlpTraces.CountSpans(body.GetBuffer().AsSpan(0, (int)body.Length)));
        Interlocked.Add(ref bytes, body.Length);
    }
}
