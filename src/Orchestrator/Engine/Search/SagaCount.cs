namespace SagaOrchestrator.Engine.Search;

/// <summary>How many sagas of a plan version are in a state.</summary>
/// <param name="Type">The plan's name.</param>
/// <param name="PlanVersion">The plan version that they started with.</param>
/// <param name="State">A name of <see cref="Decisions.Progress.SagaState"/>.</param>
/// <param name="Count">How many.</param>
public sealed record SagaCount(string Type, int PlanVersion, string State, long Count);
