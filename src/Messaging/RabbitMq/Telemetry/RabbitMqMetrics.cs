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

    private static long consumerBreaks;

    // Told as zero too, so that the first is seen as an increase.
    private static readonly ObservableCounter<long> ConsumerBreaks = Meter.CreateObservableCounter(
        "outbox.consumer.breaks",
        () => Volatile.Read(ref consumerBreaks),
        "{connection}",
        "Connections that were broken because their consumer was served nothing while its queue had messages."
    );

    /// <summary>Notes that a connection was broken because it served nothing.</summary>
    public static void ConsumerBroken() => Interlocked.Increment(ref consumerBreaks);
}
