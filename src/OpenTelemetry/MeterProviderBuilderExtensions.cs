using SagaOrchestrator.Messaging.Telemetry;

namespace OpenTelemetry.Metrics;

/// <summary>Adds the metrics of SagaOrchestrator.</summary>
public static class MeterProviderBuilderExtensions
{
    /// <summary>
    /// Measures what an orchestrator or a participant does: sagas, steps, commits, messages, and each condition that is degraded.
    /// A second call changes nothing.
    /// <code>
    /// builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddSagaOrchestratorInstrumentation().AddOtlpExporter());
    /// </code>
    /// </summary>
    /// <param name="builder">What the host measures.</param>
    public static MeterProviderBuilder AddSagaOrchestratorInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMeter(TelemetryNames.Sagas, TelemetryNames.Messaging, TelemetryNames.Bus);
    }
}
