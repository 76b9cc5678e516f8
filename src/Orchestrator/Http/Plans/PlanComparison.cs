using SagaOrchestrator.Explanations.Plans;

namespace SagaOrchestrator.Http.Plans;

/// <summary>What one version of a plan says otherwise than another.</summary>
/// <param name="Type">The plan's name.</param>
/// <param name="From">The version that it is compared with.</param>
/// <param name="To">The version.</param>
/// <param name="IsSameStructure">Whether each could run the other's sagas.</param>
/// <param name="Differences">What is about the plan first, then step by step.</param>
internal sealed record PlanComparison(string Type, int From, int To, bool IsSameStructure, IReadOnlyList<PlanDifference> Differences)
{
    public static PlanComparison Of(string type, int from, int to, IReadOnlyList<PlanDifference> differences) =>
        new(type, from, to, !differences.Any(difference => difference.IsStructure), differences);
}
