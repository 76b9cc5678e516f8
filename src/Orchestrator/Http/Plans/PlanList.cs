using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Plans;

/// <summary>Plan versions.</summary>
/// <param name="Items">By type, the newest first.</param>
internal sealed record PlanList(IReadOnlyList<PlanItem> Items);

/// <summary>How a plan version stands.</summary>
/// <param name="Type">The plan's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="IsNewest">Whether this node starts sagas on it.</param>
/// <param name="IsHere">Whether this node has it.</param>
/// <param name="UnderWay">How many sagas on it have not ended.</param>
/// <param name="Findings">What is to be done about it.</param>
/// <param name="Href">Where its details are.</param>
internal sealed record PlanItem(
    string Type,
    int Version,
    bool IsNewest,
    bool IsHere,
    long UnderWay,
    IReadOnlyList<string> Findings,
    string Href
)
{
    public static PlanItem Of(PlanVersionStatus plan, ApiPaths paths) =>
        new(
            plan.Type,
            plan.Version,
            plan.IsNewest,
            plan.Plan is not null,
            plan.UnderWay,
            plan.Findings,
            paths.Plan(plan.Type, plan.Version)
        );
}
