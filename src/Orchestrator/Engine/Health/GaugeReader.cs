using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Engine.Deciding;
using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Messaging.Background;
using SagaOrchestrator.Messaging.Dispatch;

namespace SagaOrchestrator.Engine.Health;

/// <summary>Reads what the gauges show, every few seconds and never on the hot path.</summary>
internal sealed class GaugeReader(
    SagaMetrics metrics,
    ISagaQueries queries,
    ServiceOutbox outbox,
    IDeadLetters letters,
    ILogger<SagaObserver> log,
    SubjectKeys? keys = null
) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> queues = new(StringComparer.Ordinal);
    private readonly HashSet<string> formerKeys = new(StringComparer.Ordinal);
    private readonly HashSet<(string Type, string State)> states = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeatedly.Do(Read, exception => SagaLog.GaugesStale(log, exception), Interval, stoppingToken, FirstWait);

    // A queue that has none any more is told as zero: a gauge that is not told stays where it was.
    private async Task<IReadOnlyDictionary<string, long>> Letters(CancellationToken cancellationToken)
    {
        var counts = await letters.Waiting(cancellationToken);
        queues.UnionWith(counts.Keys);
        return queues.ToDictionary(queue => queue, queue => counts.GetValueOrDefault(queue), StringComparer.Ordinal);
    }

    // The same holds for a type and state that no saga is in any more.
    private async Task<IReadOnlyList<InFlightCount>> InFlight(CancellationToken cancellationToken)
    {
        var counts = (await queries.CountInFlight(cancellationToken)).ToDictionary(count => (count.Type, count.State));
        states.UnionWith(counts.Keys);
        return [.. states.Select(key => counts.GetValueOrDefault(key) ?? new InFlightCount(key.Type, key.State, 0))];
    }

    // And for a key that wraps nothing any more.
    private async Task<IReadOnlyDictionary<string, long>> FormerKeys(CancellationToken cancellationToken)
    {
        var counts = keys is null ? [] : (await keys.Former(cancellationToken)).ToDictionary(former => former.Name, former => former.Keys);
        formerKeys.UnionWith(counts.Keys);
        return formerKeys.ToDictionary(name => name, name => counts.GetValueOrDefault(name), StringComparer.Ordinal);
    }

    private async Task Read(CancellationToken cancellationToken)
    {
        var backlog = await outbox.Store.Backlog(cancellationToken);
        metrics.Observe(
            new SagaMetrics.Gauges(
                await InFlight(cancellationToken),
                backlog.Count,
                backlog.OldestAge.TotalSeconds,
                backlog.Waiting,
                (await queries.SummariesLag(cancellationToken)).TotalSeconds,
                await Letters(cancellationToken),
                await FormerKeys(cancellationToken)
            )
        );
    }
}
