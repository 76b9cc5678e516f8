using System.Diagnostics.Metrics;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Engine.Breakers;

/// <summary>What the meter <c>SagaOrchestrator</c> tells of participants. Names are a contract with dashboards.</summary>
internal static class BreakerMetrics
{
    /// <summary>Shows how they stand, to whoever asks.</summary>
    public static void Show(IMeterFactory meters, Func<IEnumerable<BreakerStatus>> statuses)
    {
        var meter = meters.Create(TelemetryNames.Sagas);
        meter.CreateObservableGauge(
            "saga.breaker",
            () => statuses().Select(status => Of(status, (int)status.State)),
            description: "The breaker of each participant: 0 closed, 1 half-open, 2 open."
        );
        meter.CreateObservableGauge(
            "saga.consumers",
            () => Counted(statuses()).Select(status => Of(status, status.Queue!.Value.Consumers)),
            "{consumer}",
            "How many consumers read the queue of each participant."
        );
        meter.CreateObservableGauge(
            "saga.backlog",
            () => Counted(statuses()).Select(status => Of(status, status.Queue!.Value.Messages)),
            "{message}",
            "How many messages wait in the queue of each participant for a consumer."
        );
    }

    // While the broker says nothing of a queue, nothing is told of it.
    private static IEnumerable<BreakerStatus> Counted(IEnumerable<BreakerStatus> statuses) =>
        statuses.Where(status => status.Queue is not null);

    private static Measurement<long> Of(BreakerStatus status, long value) =>
        new(value, new KeyValuePair<string, object?>("saga.participant", status.Participant));
}
