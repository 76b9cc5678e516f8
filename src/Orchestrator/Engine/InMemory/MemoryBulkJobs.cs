using SagaOrchestrator.Engine.Bulk;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.InMemory;

/// <summary>Bulk jobs in memory, for tests and the embedded mode.</summary>
internal sealed class MemoryBulkJobs(TimeProvider clock, MemorySummaries summaries) : IBulkJobs
{
    private static readonly string[] EndedWell = ["Completed", "Undone"];

    private readonly Dictionary<Guid, Kept> jobs = [];
    private readonly Lock gate = new();

    public Task<BulkJob> Create(BulkOrder order, IReadOnlyList<BulkTarget> targets, CancellationToken cancellationToken)
    {
        var job = new BulkJob
        {
            Id = Guid.CreateVersion7(),
            Order = order,
            CreatedAt = clock.GetUtcNow(),
            State = BulkState.Running,
            Total = targets.Count,
        };
        lock (gate)
        {
            jobs.Add(job.Id, new Kept(job, [.. targets.Select((target, index) => new BulkItem(index + 1, target, BulkOutcome.Pending))]));
        }

        return Task.FromResult(job);
    }

    public Task<BulkJob?> Find(Guid job, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(jobs.GetValueOrDefault(job)?.Job);
        }
    }

    public async Task<BulkJob?> Get(Guid job, CancellationToken cancellationToken)
    {
        BulkItem[] items;
        BulkJob found;
        lock (gate)
        {
            if (!jobs.TryGetValue(job, out var kept))
            {
                return null;
            }

            (found, items) = (kept.Job, [.. kept.Items]);
        }

        var done = items.Where(item => item.Outcome == BulkOutcome.Done).Select(item => item.Target.Id).ToList();
        var sagas = (await summaries.Of(done.Distinct().ToList(), cancellationToken)).ToDictionary(saga => saga.Id);
        var ends = done.Select(id => sagas.GetValueOrDefault(id)).ToList();
        return found with
        {
            Progress = new BulkProgress
            {
                Done = done.Count,
                Refused = items.Count(item => item.Outcome == BulkOutcome.Refused),
                Failed = items.Count(item => item.Outcome == BulkOutcome.Failed),
                Healed = ends.Count(saga => EndedWell.Contains(saga?.Verdict)),
                EndedOtherwise = ends.Count(saga => saga?.Verdict is { } verdict && !EndedWell.Contains(verdict)),
                Parked = ends.Count(saga => saga?.WaitsFor == "Operator"),
            },
        };
    }

    public Task<IReadOnlyList<BulkJob>> List(BulkJob? after, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<BulkJob>>([
                .. jobs
                    .Values.Select(kept => kept.Job)
                    .OrderByDescending(job => job.CreatedAt)
                    .ThenByDescending(job => job.Id)
                    .SkipWhile(job => after is not null && job.Id != after.Id)
                    .Skip(after is null ? 0 : 1)
                    .Take(limit),
            ]);
        }
    }

    public Task<IReadOnlyList<BulkItem>> Items(Guid job, BulkOutcome? outcome, int after, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<BulkItem>>([
                .. Of(job).Where(item => item.Number > after && (outcome is null || item.Outcome == outcome)).Take(limit),
            ]);
        }
    }

    public Task<BulkJob?> Change(
        Guid job,
        IReadOnlyList<BulkState> from,
        BulkState to,
        OperatorNote note,
        CancellationToken cancellationToken
    )
    {
        lock (gate)
        {
            if (!jobs.TryGetValue(job, out var kept) || !from.Contains(kept.Job.State))
            {
                return Task.FromResult<BulkJob?>(null);
            }

            kept.Job = kept.Job with
            {
                State = to,
                StateReason = to is BulkState.Running or BulkState.Finished ? null : $"{note.Who}: {note.Why}",
                EndedAt = to is BulkState.Finished or BulkState.Cancelled ? clock.GetUtcNow() : null,
            };
            return Task.FromResult<BulkJob?>(kept.Job);
        }
    }

    public Task<BulkJob?> Claim(Guid node, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(
                jobs.Values.Select(kept => kept.Job).Where(job => job.State == BulkState.Running).MinBy(job => job.CreatedAt)
            );
        }
    }

    public Task<bool> Keep(Guid job, Guid node, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(jobs[job].Job.State == BulkState.Running);
        }
    }

    public Task Release(Guid job, Guid node, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<(int Results, IReadOnlyList<BulkItem> Items)> Next(Guid job, int after, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var items = Of(job).Where(item => item.Number > after).ToList();
            return Task.FromResult<(int, IReadOnlyList<BulkItem>)>(
                (
                    items.Count(item => item.Outcome != BulkOutcome.Pending),
                    [.. items.Where(item => item.Outcome == BulkOutcome.Pending).Take(limit)]
                )
            );
        }
    }

    public Task Write(CommitScope scope, Guid job, BulkItem result, CancellationToken cancellationToken) =>
        Write(job, result, cancellationToken);

    public Task Write(Guid job, BulkItem result, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Of(job)[result.Number - 1] = result with { At = clock.GetUtcNow() };
        }

        return Task.CompletedTask;
    }

    public Task<bool> HasResult(Guid job, int number, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(Of(job)[number - 1].Outcome != BulkOutcome.Pending);
        }
    }

    private List<BulkItem> Of(Guid job) => jobs.TryGetValue(job, out var kept) ? kept.Items : [];

    private sealed class Kept(BulkJob job, List<BulkItem> items)
    {
        public BulkJob Job { get; set; } = job;

        public List<BulkItem> Items => items;
    }
}
