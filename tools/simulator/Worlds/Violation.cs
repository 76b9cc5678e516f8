namespace SagaOrchestrator.Simulator.Worlds;

/// <summary>A rule of the semantics was broken.</summary>
/// <param name="rule">The rule's number, for example S8.</param>
/// <param name="what">What was seen.</param>
internal sealed class Violation(string rule, string what) : Exception($"{rule}: {what}")
{
    public string Rule { get; } = rule;
}
