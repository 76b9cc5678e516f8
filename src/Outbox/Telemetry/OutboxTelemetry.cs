using System.Diagnostics;

namespace SagaOrchestrator.Outbox.Telemetry;

/// <summary>The names under which this library can be traced.</summary>
public static class OutboxTelemetry
{
    /// <summary>The name of the activity source.</summary>
    public const string SourceName = "SagaOrchestrator.Outbox";

    internal static readonly ActivitySource Source = new(SourceName);
}
