using SagaOrchestrator.Instrumentation;
using SagaOrchestrator.Messaging.Telemetry;

namespace OpenTelemetry.Trace;

/// <summary>Adds the traces of SagaOrchestrator.</summary>
public static class TracerProviderBuilderExtensions
{
    /// <summary>
    /// Traces what an orchestrator or a participant does: sending, receiving and handling messages, timers. One saga is one trace, over all services.
    /// Call it before the exporter is added, which takes what stands before it. A second call changes nothing.
    /// <code>
    /// builder.Services.AddOpenTelemetry().WithTracing(traces => traces.AddSagaOrchestratorInstrumentation().AddOtlpExporter());
    /// </code>
    /// </summary>
    /// <param name="builder">What the host traces.</param>
    public static TracerProviderBuilder AddSagaOrchestratorInstrumentation(this TracerProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddSource(TelemetryNames.Sagas, TelemetryNames.Messaging, TelemetryNames.Bus).AddProcessor(new MessagingAttributes());
    }
}
