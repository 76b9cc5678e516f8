namespace SagaOrchestrator.Messaging.Health;

/// <summary>Checks something that a service needs. It has a deadline of its own, and nobody waits for it but the watch.</summary>
/// <param name="conditions">The names of the conditions that it tells about.</param>
public abstract class ConditionCheck(params IReadOnlyList<string> conditions)
{
    /// <summary>The names of its conditions: checks of the readiness endpoint, and tags of the gauge.</summary>
    public IReadOnlyList<string> Conditions => conditions;

    /// <summary>How long a check may take.</summary>
    public virtual TimeSpan Deadline => TimeSpan.FromSeconds(3);

    /// <summary>Checks once.</summary>
    /// <returns>What is wrong; nothing when all is well.</returns>
    public abstract Task<IReadOnlyList<Trouble>> Look(CancellationToken cancellationToken);

    /// <summary>What it means that a check failed, or took longer than its deadline.</summary>
    /// <returns>Null when another check tells about it: then what was known of these conditions stays.</returns>
    public virtual Trouble? Explain(Exception failure) => null;
}
