namespace SagaOrchestrator.Messaging.Health;

/// <summary>What is missing or slow, in words for whoever is woken by it.</summary>
/// <param name="Condition">The condition that it breaks, one of its check's.</param>
/// <param name="Kind">What kind of trouble: a change of it is told again.</param>
/// <param name="Cause">What was seen.</param>
/// <param name="Consequence">What that means for sagas.</param>
/// <param name="NextMove">What to do about it.</param>
public sealed record Trouble(string Condition, string Kind, string Cause, string Consequence, string NextMove)
{
    /// <summary>Whether this node can neither accept nor handle work because of it.</summary>
    public bool StopsWork { get; init; }

    /// <summary>
    /// How many looks in a row must find it before it is told: 1 for what is certain, more for what a busy moment looks like too.
    /// </summary>
    public int Looks { get; init; } = 1;

    /// <summary>All of it, as readiness and log say it.</summary>
    public override string ToString() => $"{Cause} {Consequence} {NextMove}";
}
