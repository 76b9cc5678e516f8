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

    // Each has its spans and its meters under one name.
    private static readonly string[] Names = ["SagaOrchestrator", "SagaOrchestrator.Messaging", MessagingAttributes.Source, "Npgsql"];

    /// <summary>Exports the built-in sources and meters and our own. Without an endpoint nothing listens and nothing is spent.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">The service's name in the telemetry.</param>
    public static void AddServiceTelemetry(this IHostApplicationBuilder builder, string service)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[EndpointKey]))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceNamespace: "saga-orchestrator"))
            .WithTracing(traces => traces.AddSource(Names)
                .AddAspNetCoreInstrumentation(http => http.Filter = IsWork)
                // Before the exporter, which takes what they leave.
                .AddProcessor(new MessagingAttributes()).AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter(Names).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddOtlpExporter());
    }

    // Whoever looks every second whether a service is alive would fill the traces.
    private static bool IsWork(HttpContext request) => !request.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);
}
