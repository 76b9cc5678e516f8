using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SagaOrchestrator.Telemetry;

/// <summary>
/// Traces and metrics over OTLP, when and only when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; <c>/metrics</c> for Prometheus, when and
/// only when <c>OTEL_EXPORTER_PROMETHEUS_PORT</c> is.
/// </summary>
public static class ServiceTelemetry
{
    /// <summary>The configuration key that turns the export on. The exporter reads its other OTEL_ variables itself.</summary>
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The configuration key of the port that serves <c>/metrics</c>.</summary>
    public const string PrometheusPortKey = "OTEL_EXPORTER_PROMETHEUS_PORT";

    /// <summary>The configuration key of the address that it listens on; this machine's own when it is not set.</summary>
    public const string PrometheusHostKey = "OTEL_EXPORTER_PROMETHEUS_HOST";

    // The standard's names: "none" leaves out what a collector would be sent.
    private const string TracesKey = "OTEL_TRACES_EXPORTER";
    private const string MetricsKey = "OTEL_METRICS_EXPORTER";

    // A listener answers the name by which it is called.
    private const string Loopback = "127.0.0.1";

    // Its spans and its meter.
    private const string Database = "Npgsql";

    /// <summary>Exports the built-in sources and meters and our own. Without an exporter nothing listens and nothing is spent.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">The service's name in the telemetry.</param>
    public static void AddServiceTelemetry(this IHostApplicationBuilder builder, string service)
    {
        var (traces, metrics) = (Sends(builder.Configuration, TracesKey), Sends(builder.Configuration, MetricsKey));
        var port = builder.Configuration.GetValue<int?>(PrometheusPortKey);
        if (!traces && !metrics && port is null)
        {
            return;
        }

        var telemetry = builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceNamespace: "saga-orchestrator"));
        if (metrics || port is not null)
        {
            telemetry.WithMetrics(measured => Measure(measured, metrics, port, builder.Configuration[PrometheusHostKey]));
        }

        if (traces)
        {
            telemetry.WithTracing(traced =>
                traced
                    .AddSagaOrchestratorInstrumentation()
                    .AddSource(Database)
                    .AddAspNetCoreInstrumentation(http => http.Filter = IsWork)
                    .AddOtlpExporter()
            );
        }
    }

    private static bool Sends(IConfiguration configuration, string exporter) =>
        !string.IsNullOrWhiteSpace(configuration[EndpointKey])
        && !string.Equals(configuration[exporter], "none", StringComparison.OrdinalIgnoreCase);

    private static void Measure(MeterProviderBuilder metrics, bool otlp, int? port, string? host)
    {
        metrics
            .AddSagaOrchestratorInstrumentation()
            .AddMeter(Database)
            .AddAspNetCoreInstrumentation()
            .AddRuntimeInstrumentation()
            // A bucket names one of the traces that are in it.
            .SetExemplarFilter(ExemplarFilterType.TraceBased);
        if (otlp)
        {
            metrics.AddOtlpExporter();
        }

        if (port is { } listening)
        {
            metrics.AddPrometheusHttpListener(options =>
            {
                options.Port = listening;
                options.Host = string.IsNullOrWhiteSpace(host) ? Loopback : host;
                options.ScopeInfoEnabled = false;
                options.ResourceConstantLabels = attribute => attribute == "service.name";
            });
        }
    }

    // Whoever looks every second whether a service is alive would fill the traces.
    private static bool IsWork(HttpContext request) =>
        !request.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);
}
