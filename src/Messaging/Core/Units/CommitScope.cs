namespace SagaOrchestrator.Messaging.Units;

/// <summary>The transaction in which a unit is written.</summary>
public abstract class CommitScope
{
    /// <summary>Runs <paramref name="action"/>; when it throws, what it wrote is gone and the transaction can go on.</summary>
    public abstract Task Attempt(Func<Task> action, CancellationToken cancellationToken);
}
