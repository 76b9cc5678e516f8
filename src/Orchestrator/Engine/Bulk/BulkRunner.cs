using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Messaging.Background;

namespace SagaOrchestrator.Engine.Bulk;

/// <summary>
/// Runs bulk jobs: each on one node at a time, which keeps it by saying every few seconds that it is alive. When it dies, another node goes
/// on where it was.
/// </summary>
internal sealed class BulkRunner(IBulkJobs jobs, BulkActor actor, ISagaStore store, TimeProvider clock, ILogger<BulkRunner> log)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    // Of a node that is not the whole database's.
    private const int MostAtOnce = 50;
    private const int MostLettersAtOnce = 500;

    private readonly Guid node = Guid.NewGuid();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeatedly.Do(Run, exception => SagaLog.BulkJobInterrupted(log, exception.Message), Look, stoppingToken, clock: clock);

    /// <summary>Takes one job after the other until there is none to take.</summary>
    internal async Task Run(CancellationToken cancellationToken)
    {
        while (await jobs.Claim(node, cancellationToken) is { } job)
        {
            try
            {
                await Run(job, cancellationToken);
            }
            finally
            {
                await jobs.Release(job.Id, node, CancellationToken.None);
            }
        }
    }

    private async Task Run(BulkJob job, CancellationToken cancellationToken)
    {
        var batch = new List<BulkItem>();
        // Every item up to this number has its result: it need not be looked at again.
        var settled = 0;
        while (await jobs.Keep(job.Id, node, cancellationToken))
        {
            var (results, next) = await jobs.Next(job.Id, settled, Chunk(job.Order), cancellationToken);
            var left = job.Order.Pace.LeftOfBatch(settled + results);
            settled = next is [var first, ..] ? first.Number - 1 : settled;
            var chunk = next.Take(left).ToList();
            var began = clock.GetTimestamp();
            batch.AddRange(await Act(job, chunk, cancellationToken));
            if (chunk.Count == left || chunk.Count == 0)
            {
                if (await Settled(job, batch, cancellationToken) is { } reason)
                {
                    await jobs.Change(
                        job.Id,
                        [BulkState.Running],
                        BulkState.Stopped,
                        new OperatorNote("the job's stop rule", reason),
                        cancellationToken
                    );
                    return;
                }

                batch.Clear();
            }

            if (chunk.Count == 0)
            {
                await jobs.Change(job.Id, [BulkState.Running], BulkState.Finished, job.Order.Note, cancellationToken);
                return;
            }

            await Rest(
                TimeSpan.FromSeconds((double)chunk.Count / job.Order.Pace.PerSecond) - clock.GetElapsedTime(began),
                cancellationToken
            );
        }
    }

    private async Task<IReadOnlyList<BulkItem>> Act(BulkJob job, IReadOnlyList<BulkItem> chunk, CancellationToken cancellationToken) =>
        job.Order.Action.IsForDeadLetters
            ? await actor.ActOnLetters(job, chunk, cancellationToken)
            : [.. (await Task.WhenAll(chunk.Select(item => actor.Act(job, item, cancellationToken)))).OfType<BulkItem>()];

    // Each chunk of dead letters is a look through their queue: so they are acted on once a second, and sagas more often.
    private static int Chunk(BulkOrder order) =>
        order.Action.IsForDeadLetters
            ? Math.Clamp(order.Pace.PerSecond, 1, MostLettersAtOnce)
            : Math.Clamp((int)(order.Pace.PerSecond * Step.TotalSeconds), 1, MostAtOnce);

    // Waits until the sagas of a batch have ended or are parked again, for as long as the job says.
    private async Task<string?> Settled(BulkJob job, IReadOnlyList<BulkItem> batch, CancellationToken cancellationToken)
    {
        var open = batch
            .Where(item => item.Outcome == BulkOutcome.Done && job.Order.Action.LeadsOut)
            .Select(item => item.Target.Id)
            .ToHashSet();
        var failed = batch.Count(item => item.Outcome == BulkOutcome.Failed);
        var (acted, parked) = (batch.Count(item => item.Outcome is BulkOutcome.Done or BulkOutcome.Failed), 0);
        var began = clock.GetTimestamp();
        while (open.Count > 0 && clock.GetElapsedTime(began) < job.Order.Pace.Settle && await jobs.Keep(job.Id, node, cancellationToken))
        {
            await Rest(Step, cancellationToken);
            foreach (var found in await Task.WhenAll(open.Select(saga => store.Load(saga, cancellationToken))))
            {
                var isParked = found.Saga?.Progress.Steps.Any(step => step.Wait == Wait.Operator) ?? false;
                parked += isParked ? 1 : 0;
                if (found.Saga is { } saga && (isParked || saga.Progress.HasEnded))
                {
                    open.Remove(saga.CorrelationId);
                }
            }
        }

        return job.Order.Pace.Stops(failed + parked, acted)
            ? $"Of the last {acted} items {failed} failed, and the sagas of {parked} are parked again. Look at what stops them, then "
                + $"resume the job."
            : null;
    }

    private Task Rest(TimeSpan time, CancellationToken cancellationToken) =>
        time <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(time, clock, cancellationToken);
}
