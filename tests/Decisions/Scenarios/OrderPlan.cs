using SagaOrchestrator.Decisions.Plans;

namespace SagaOrchestrator.Decisions.Tests.Scenarios;

/// <summary>A plan with the shape of the order saga.</summary>
internal static class OrderPlan
{
    public const string Reserve = "reserve_inventory";
    public const string Pay = "process_payment";
    public const string Ship = "create_shipment";
    public const string Confirm = "send_confirmation";

    public static SagaPlan Instance { get; } = With(attempts: 3);

    public static SagaPlan With(int attempts, int compensationAttempts = 2) => new("order-fulfillment", 1,
    [
        Step(Reserve, "inventory", attempts, compensationAttempts),
        Step(Pay, "payments", attempts, compensationAttempts),
        Step(Ship, "shipping", attempts, compensationAttempts),
        Step(Confirm, "notifications", attempts, compensationAttempts),
    ]);

    private static SagaStep Step(string name, string participant, int attempts, int compensationAttempts) => new(
        name, participant, TimeSpan.FromSeconds(30),
        new RetryPolicy(attempts, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
        new RetryPolicy(compensationAttempts, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
        Compensatable: true);
}
