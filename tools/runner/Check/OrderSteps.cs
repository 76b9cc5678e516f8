using SagaOrchestrator.Server.Sagas.BusinessOrders;
using SagaOrchestrator.Server.Sagas.OrderFulfillment;

namespace SagaOrchestrator.Runner.Check;

/// <summary>The steps of both kinds of orders. What has one name is at one participant.</summary>
internal static class OrderSteps
{
    private static readonly Dictionary<string, string> Participants = new[]
    {
        new OrderFulfillmentPlan(new OrderFulfillmentOptions()).Definition,
        new BusinessOrderPlan(new BusinessOrderOptions()).Definition,
    }
        .SelectMany(plan => plan.Steps)
        .DistinctBy(step => step.Name)
        .ToDictionary(step => step.Name, step => step.Participant, StringComparer.Ordinal);

    public static string ParticipantOf(string step) => Participants[step];
}
