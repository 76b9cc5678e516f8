using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SagaOrchestrator.Telemetry;

/// <summary>Traces and metrics over OTLP, when and only when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.</summary>
public static class ServiceTelemetry
{
    /// <summary>The configuration key that turns the export on. The exporter reads its other OTEL_ variables itself.</summary>
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Sources = ["SagaOrchestrator", "SagaOrchestrator.Outbox", MessagingAttributes.Source, "Npgsql"];

    private static readonly string[] Meters =
    [
        "SagaOrchestrator", "SagaOrchestrator.Outbox", "MassTransit", "Npgsql", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "System.Runtime",
    ];

    /// <summary>Exports the built-in sources and meters and our own. Without an endpoint nothing listens and nothing is spent.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">The service's name in the telemetry.</param>
    public static void AddServiceTelemetry(this IHostApplicationBuilder builder, string service)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[EndpointKey]))
        {
            return;
        }

        var resource = ResourceBuilder.CreateDefault().AddService(service, serviceNamespace: "saga-orchestrator");
        builder.Services.AddSingleton(_ => new Exporters(
            Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources)
                .AddAspNetCoreInstrumentation(http => http.Filter = IsWork)
                // Before the exporter, which takes what they leave.
                .AddProcessor(new MessagingAttributes()).AddOtlpExporter().Build(),
            Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter().Build()));
        builder.Services.AddHostedService<ExporterLifetime>();
    }

    // Whoever looks every second whether a service is alive would fill the traces.
    private static bool IsWork(HttpContext request) => !request.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);

    private sealed record Exporters(TracerProvider Traces, MeterProvider Metrics) : IDisposable
    {
        public void Dispose()
        {
            Traces.Dispose();
            Metrics.Dispose();
        }
    }

    // Makes the exporters at start-up; the container flushes and disposes them at the end.
    private sealed class ExporterLifetime(Exporters exporters) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            exporters.Traces.ForceFlush(5000);
            exporters.Metrics.ForceFlush(5000);
            return Task.CompletedTask;
        }
    }
}
