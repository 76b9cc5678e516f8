using System.Diagnostics;

namespace SagaOrchestrator.Messaging.Telemetry;

/// <summary>The name under which messaging can be traced and measured, on whatever database and broker.</summary>
public static class MessagingTelemetry
{
    /// <summary>The name of the activity source, and of the meter.</summary>
    public const string SourceName = "SagaOrchestrator.Messaging";

    /// <summary>Begins the spans of messaging.</summary>
    public static ActivitySource Source { get; } = new(SourceName);
}
