using SagaOrchestrator.Messaging.Telemetry;

namespace OpenTelemetry.Trace;

/// <summary>Adds the traces of SagaOrchestrator.</summary>
public static class TracerProviderBuilderExtensions
{
    /// <summary>
    /// Traces what an orchestrator or a participant does: the sending of a message, its receiving until what was done is committed, timers.
    /// One saga is one trace, over all services. A second call changes nothing.
    /// <code>
    /// builder.Services.AddOpenTelemetry().WithTracing(traces => traces.AddSagaOrchestratorInstrumentation().AddOtlpExporter());
    /// </code>
    /// </summary>
    /// <param name="builder">What the host traces.</param>
    public static TracerProviderBuilder AddSagaOrchestratorInstrumentation(this TracerProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddSource(TelemetryNames.Sagas, TelemetryNames.Messaging);
    }
}
