using SagaOrchestrator.Engine.Deciding;
using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Messaging.Background;
using SagaOrchestrator.Messaging.Dispatch;

namespace SagaOrchestrator.Engine.Health;

/// <summary>Reads what the gauges show, every few seconds and never on the hot path.</summary>
internal sealed class GaugeReader(SagaMetrics metrics, ISagaQueries queries, ServiceOutbox outbox, ILogger<SagaObserver> log)
    : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeatedly.Do(Read, exception => SagaLog.GaugesStale(log, exception), Interval, stoppingToken, FirstWait);

    private async Task Read(CancellationToken cancellationToken)
    {
        var backlog = await outbox.Store.Backlog(cancellationToken);
        metrics.Observe(new SagaMetrics.Gauges(
            await queries.CountInFlight(cancellationToken), backlog.Count, backlog.OldestAge.TotalSeconds, backlog.Waiting,
            (await queries.SummariesLag(cancellationToken)).TotalSeconds));
    }
}
