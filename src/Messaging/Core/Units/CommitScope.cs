namespace SagaOrchestrator.Messaging.Units;

/// <summary>The transaction in which a unit is written.</summary>
public abstract class CommitScope
{
    /// <summary>Runs <paramref name="action"/>; when it throws, what it wrote is gone and the transaction can go on.</summary>
    public abstract Task Attempt(Func<Task> action, CancellationToken cancellationToken);
}

/// <summary>The embedded mode's stand-in for a transaction: one unit at a time, nothing survives the process.</summary>
public sealed class MemoryScope : CommitScope
{
    /// <inheritdoc/>
    public override Task Attempt(Func<Task> action, CancellationToken cancellationToken) => action();
}
