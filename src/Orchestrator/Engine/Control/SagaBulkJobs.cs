using SagaOrchestrator.Engine.Bulk;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Search;

namespace SagaOrchestrator.Engine.Control;

/// <summary>
/// Acts on many sagas: first a look at what would be done, then a job that survives its node, goes as fast as it is told, and stops when
/// what it does turns out badly. Each item is done once, whatever dies on the way, and is refused by the same rules as an action on one
/// saga.
/// </summary>
public sealed class SagaBulkJobs
{
    private static readonly BulkState[] Open = [BulkState.Running, BulkState.Paused, BulkState.Stopped];

    private readonly IBulkJobs jobs;
    private readonly BulkPlanner planner;

    internal SagaBulkJobs(IBulkJobs jobs, BulkPlanner planner) => (this.jobs, this.planner) = (jobs, planner);

    /// <summary>What an action would do now to the sagas that a query finds. Nothing is done.</summary>
    /// <param name="action">The action.</param>
    /// <param name="query">The sagas.</param>
    /// <param name="note">Who would act, and why.</param>
    /// <param name="listed">How many items are named; all are counted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidQueryException">The query cannot be asked, or finds more than 100,000 sagas.</exception>
    public Task<BulkPreview> Preview(
        BulkAction action,
        SagaQuery query,
        OperatorNote note,
        int listed,
        CancellationToken cancellationToken
    )
    {
        planner.Check(action);
        return planner.Preview(action, query, note, listed, cancellationToken);
    }

    /// <summary>Begins a job on the sagas that a query finds now; sagas that come later are not its.</summary>
    /// <param name="order">What is done, how fast, by whom, and why.</param>
    /// <param name="query">The sagas.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The action is not meant for sagas.</exception>
    /// <exception cref="InvalidQueryException">The query cannot be asked, or finds more than 100,000 sagas.</exception>
    public async Task<BulkJob> Create(BulkOrder order, SagaQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        planner.Check(order.Action);
        return !order.Action.IsForDeadLetters
            ? await jobs.Create(order, await planner.Targets(order.Action, query, cancellationToken), cancellationToken)
            : throw new ArgumentException("Give an action on sagas, or ask for dead letters.", nameof(order));
    }

    /// <summary>What a job would do to the dead letters that a query finds.</summary>
    /// <param name="query">The letters.</param>
    /// <param name="listed">How many items are named; all are counted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidQueryException">The query finds more than 100,000 letters.</exception>
    public Task<BulkPreview> Preview(DeadLetterQuery query, int listed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return planner.Preview(query, listed, cancellationToken);
    }

    /// <summary>Begins a job on the dead letters that a query finds now.</summary>
    /// <param name="order">What is done, how fast, by whom, and why: a redrive or a discard.</param>
    /// <param name="query">The letters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The action is not meant for dead letters.</exception>
    /// <exception cref="InvalidQueryException">The query finds more than 100,000 letters.</exception>
    public async Task<BulkJob> Create(BulkOrder order, DeadLetterQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(query);
        return order.Action.IsForDeadLetters
            ? await jobs.Create(order, await planner.Targets(query, cancellationToken), cancellationToken)
            : throw new ArgumentException("Give an action on dead letters: a redrive or a discard.", nameof(order));
    }

    /// <summary>A job, and what became of its items until now.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is no such job.</returns>
    public Task<BulkJob?> Get(Guid jobId, CancellationToken cancellationToken) => jobs.Get(jobId, cancellationToken);

    /// <summary>A job without what became of its items, which is cheaper.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is no such job.</returns>
    public Task<BulkJob?> Find(Guid jobId, CancellationToken cancellationToken) => jobs.Find(jobId, cancellationToken);

    /// <summary>Jobs, the newest first, without what became of their items.</summary>
    /// <param name="after">The last of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<BulkJob>> List(BulkJob? after, int limit, CancellationToken cancellationToken) =>
        jobs.List(after, limit, cancellationToken);

    /// <summary>Items of a job in order.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="outcome">Only those of which this became; null for all.</param>
    /// <param name="after">The number of the last of the page before; 0 for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<BulkItem>> Items(
        Guid jobId,
        BulkOutcome? outcome,
        int after,
        int limit,
        CancellationToken cancellationToken
    ) => jobs.Items(jobId, outcome, after, limit, cancellationToken);

    /// <summary>Pauses a job that runs. Items that are on their way are done.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The job; null when it is in another state, or when there is none.</returns>
    public Task<BulkJob?> Pause(Guid jobId, OperatorNote note, CancellationToken cancellationToken) =>
        jobs.Change(jobId, [BulkState.Running], BulkState.Paused, note, cancellationToken);

    /// <summary>Resumes a job that was paused, or has stopped by itself.</summary>
    /// <inheritdoc cref="Pause"/>
    public Task<BulkJob?> Resume(Guid jobId, OperatorNote note, CancellationToken cancellationToken) =>
        jobs.Change(jobId, [BulkState.Paused, BulkState.Stopped], BulkState.Running, note, cancellationToken);

    /// <summary>Cancels a job that has not ended. What was done stays done; what was not is left.</summary>
    /// <inheritdoc cref="Pause"/>
    public Task<BulkJob?> Cancel(Guid jobId, OperatorNote note, CancellationToken cancellationToken) =>
        jobs.Change(jobId, Open, BulkState.Cancelled, note, cancellationToken);
}
