using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Floor.Sagas;

internal enum SagaPhase
{
    Forward,
    Compensating,
    Completed,
    Failed,
}

/// <summary>A saga as it is in its row.</summary>
/// <param name="Id">The saga.</param>
/// <param name="Order">Its data.</param>
/// <param name="Phase">Where it goes.</param>
/// <param name="Done">How many steps are done and not undone.</param>
/// <param name="Reference">What the latest step answered.</param>
/// <param name="Failure">Which step failed, and why.</param>
/// <param name="Version">One more with every write.</param>
internal sealed record SagaState(Guid Id, Order Order, SagaPhase Phase, int Done, string Reference, string Failure, int Version)
{
    public bool IsEnded => Phase is SagaPhase.Completed or SagaPhase.Failed;
}
