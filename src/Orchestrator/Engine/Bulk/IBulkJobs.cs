using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Bulk;

/// <summary>Where bulk jobs are kept.</summary>
internal interface IBulkJobs
{
    /// <summary>Keeps a job with its items.</summary>
    Task<BulkJob> Create(BulkOrder order, IReadOnlyList<BulkTarget> targets, CancellationToken cancellationToken);

    /// <summary>A job and how far it is; null when there is none.</summary>
    Task<BulkJob?> Get(Guid job, CancellationToken cancellationToken);

    /// <summary>A job without how far it is; null when there is none.</summary>
    Task<BulkJob?> Find(Guid job, CancellationToken cancellationToken);

    /// <summary>Jobs, the newest first, without how far they are.</summary>
    Task<IReadOnlyList<BulkJob>> List(BulkJob? after, int limit, CancellationToken cancellationToken);

    /// <summary>Items in order.</summary>
    Task<IReadOnlyList<BulkItem>> Items(Guid job, BulkOutcome? outcome, int after, int limit, CancellationToken cancellationToken);

    /// <summary>Sets a job's state, if it is in one of these. Null when it is in another.</summary>
    Task<BulkJob?> Change(Guid job, IReadOnlyList<BulkState> from, BulkState to, OperatorNote note, CancellationToken cancellationToken);

    /// <summary>Takes a job that runs and that no living node has; null when there is none.</summary>
    Task<BulkJob?> Claim(Guid node, CancellationToken cancellationToken);

    /// <summary>Keeps a job for this node. False when it does not run any more, or another node has it.</summary>
    Task<bool> Keep(Guid job, Guid node, CancellationToken cancellationToken);

    /// <summary>Lets a job go, so that another node can take it at once.</summary>
    Task Release(Guid job, Guid node, CancellationToken cancellationToken);

    /// <summary>How many items beyond a number have their result, and the next ones beyond it that have none.</summary>
    Task<(int Results, IReadOnlyList<BulkItem> Items)> Next(Guid job, int after, int limit, CancellationToken cancellationToken);

    /// <summary>Writes down what became of an item, in the unit of what was done. A second result of one item fails its unit.</summary>
    Task Write(CommitScope scope, Guid job, BulkItem result, CancellationToken cancellationToken);

    /// <summary>Writes down what became of an item of which nothing was changed. Changes nothing when it has a result.</summary>
    Task Write(Guid job, BulkItem result, CancellationToken cancellationToken);

    /// <summary>Whether an item has its result.</summary>
    Task<bool> HasResult(Guid job, int number, CancellationToken cancellationToken);
}
