using System.Diagnostics;

namespace SagaOrchestrator.Messaging.Telemetry;

/// <summary>Begins the spans of messaging, on whatever database and broker.</summary>
public static class MessagingTelemetry
{
    /// <summary>The source of these spans.</summary>
    public static ActivitySource Source { get; } = new(TelemetryNames.Messaging);
}
