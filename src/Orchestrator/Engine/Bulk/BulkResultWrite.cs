using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Bulk;

/// <summary>The result of an item, in the transaction of what was done: whoever repeats the item after a crash fails on it.</summary>
internal sealed class BulkResultWrite(IBulkJobs jobs, Guid job, BulkItem result) : IUnitWork
{
    public Task Execute(CommitScope scope, UnitOfWork unit, CancellationToken cancellationToken) =>
        jobs.Write(scope, job, result, cancellationToken);
}
