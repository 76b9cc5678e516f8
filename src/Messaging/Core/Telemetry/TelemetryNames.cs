using MassTransit.Logging;

namespace SagaOrchestrator.Messaging.Telemetry;

/// <summary>The names under which the product can be traced and measured: each is an activity source and a meter.</summary>
public static class TelemetryNames
{
    /// <summary>Sagas: how many, how long, which of their steps and timers.</summary>
    public const string Sagas = "SagaOrchestrator";

    /// <summary>Messages: their way through outbox and broker, commits, conditions.</summary>
    public const string Messaging = "SagaOrchestrator.Messaging";

    /// <summary>MassTransit, which receives messages and calls their handlers.</summary>
    public const string Bus = DiagnosticHeaders.DefaultListenerName;
}
