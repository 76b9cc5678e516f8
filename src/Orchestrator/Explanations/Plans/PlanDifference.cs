namespace SagaOrchestrator.Explanations.Plans;

/// <summary>One thing that another version of a plan says otherwise.</summary>
/// <param name="Step">The step that it is about; null for the plan.</param>
/// <param name="What">What is another, in a word: <c>step</c>, <c>stage</c>, <c>timeout</c> and so on.</param>
/// <param name="Before">What the one version says; null when it says nothing.</param>
/// <param name="After">What the other says; null when it says nothing.</param>
/// <param name="IsStructure">Whether sagas under way depend on it: then the plan needs a version of its own (rule S32).</param>
public sealed record PlanDifference(string? Step, string What, string? Before, string? After, bool IsStructure);
