using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.InMemory;

/// <summary>The embedded mode's stand-in for a transaction: one unit at a time, nothing survives the process.</summary>
public sealed class MemoryScope : CommitScope
{
    /// <inheritdoc/>
    public override Task Attempt(Func<Task> action, CancellationToken cancellationToken) => action();
}
