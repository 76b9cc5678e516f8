namespace SagaOrchestrator.Engine.Alarms;

/// <summary>Looks for one kind of thing that needs somebody.</summary>
internal abstract class AlarmSource
{
    /// <summary>What needs somebody now.</summary>
    public abstract Task<IReadOnlyList<AlarmCause>> Look(CancellationToken cancellationToken);
}

/// <summary>What needs somebody now.</summary>
internal sealed record AlarmCause(string Kind, string Subject, string Detail);
