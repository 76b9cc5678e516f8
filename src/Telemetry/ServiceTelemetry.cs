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

    // Its spans and its meter.
    private const string Database = "Npgsql";

    /// <summary>Exports the built-in sources and meters and our own. Without an endpoint nothing listens and nothing is spent.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">The service's name in the telemetry.</param>
    public static void AddServiceTelemetry(this IHostApplicationBuilder builder, string service)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[EndpointKey]))
        {
            return;
        }

        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceNamespace: "saga-orchestrator"))
            .WithTracing(traces =>
                traces
                    .AddSagaOrchestratorInstrumentation()
                    .AddSource(Database)
                    .AddAspNetCoreInstrumentation(http => http.Filter = IsWork)
                    .AddOtlpExporter()
            )
            .WithMetrics(metrics =>
                metrics
                    .AddSagaOrchestratorInstrumentation()
                    .AddMeter(Database)
                    .AddAspNetCoreInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddOtlpExporter()
            );
    }

    // Whoever looks every second whether a service is alive would fill the traces.
    private static bool IsWork(HttpContext request) =>
        !request.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);
}
