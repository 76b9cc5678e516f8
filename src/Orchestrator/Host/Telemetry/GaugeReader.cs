using SagaOrchestrator.Host.Operations;
using SagaOrchestrator.Outbox.Dispatch;

namespace SagaOrchestrator.Host.Telemetry;

/// <summary>Reads what the gauges show, every few seconds and never on the hot path.</summary>
internal sealed class GaugeReader(SagaMetrics metrics, ISagaQueries queries, ServiceOutbox outbox, ILogger<SagaObserver> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                var backlog = await outbox.Store.Backlog(stoppingToken);
                metrics.Observe(new SagaMetrics.Gauges(
                    await queries.CountInFlight(stoppingToken), backlog.Count, backlog.OldestAge.TotalSeconds));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                SagaLog.GaugesStale(log, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
