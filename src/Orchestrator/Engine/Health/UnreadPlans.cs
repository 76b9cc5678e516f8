using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Messaging.Health;

namespace SagaOrchestrator.Engine.Health;

/// <summary>Says which registered plan documents this build cannot use.</summary>
internal sealed class UnreadPlans(PlanCatalogue plans) : ConditionCheck("plan-documents")
{
    public override Task<IReadOnlyList<Trouble>> Look(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Trouble>>(
            plans.Unread is { Count: > 0 } unread
                ?
                [
                    new Trouble(
                        "plan-documents",
                        string.Join(", ", unread.Select(plan => plan.Name)),
                        "This build cannot use the plan document "
                            + string.Join("; ", unread.Select(plan => $"{plan.Name}: {plan.Problem}")),
                        "This node starts no sagas of that type, and leaves those of that version to other nodes.",
                        "Deploy the build that the document was registered with."
                    ),
                ]
                : []
        );
}
