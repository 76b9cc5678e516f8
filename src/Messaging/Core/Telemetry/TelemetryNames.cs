using MassTransit.Logging;

namespace SagaOrchestrator.Messaging.Telemetry;

/// <summary>The names under which the product can be traced and measured: two activity sources, and three meters.</summary>
public static class TelemetryNames
{
    /// <summary>Sagas: how many, how long, which of their steps and timers.</summary>
    public const string Sagas = "SagaOrchestrator";

    /// <summary>Messages: their way through outbox and broker, commits, conditions.</summary>
    public const string Messaging = "SagaOrchestrator.Messaging";

    /// <summary>MassTransit. It has spans too, which end before what they did is committed.</summary>
    public const string Bus = DiagnosticHeaders.DefaultListenerName;
}
