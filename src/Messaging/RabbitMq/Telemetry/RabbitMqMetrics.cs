using System.Diagnostics.Metrics;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Messaging.RabbitMq.Telemetry;

/// <summary>
/// The metrics of publishing and consuming, in the meter <c>SagaOrchestrator.Messaging</c>. Names are a contract with dashboards.
/// </summary>
internal static class RabbitMqMetrics
{
    private static readonly Meter Meter = new(TelemetryNames.Messaging);

    /// <summary>Messages that wait for their confirms.</summary>
    public static readonly UpDownCounter<long> Unconfirmed = Meter.CreateUpDownCounter<long>(
        "outbox.publish.unconfirmed",
        "{message}",
        "Messages that were sent and are not yet confirmed."
    );

    /// <summary>Connections that were broken because they served nothing.</summary>
    public static readonly Counter<long> ConsumerBreaks = Meter.CreateCounter<long>(
        "outbox.consumer.breaks",
        "{connection}",
        "Connections that were broken because their consumer was served nothing while its queue had messages."
    );
}
