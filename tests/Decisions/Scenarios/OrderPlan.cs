namespace SagaOrchestrator.Decisions.Tests.Scenarios;

/// <summary>A plan with the shape of the order saga.</summary>
internal static class OrderPlan
{
    public const string Reserve = "reserve_inventory";
    public const string Pay = "process_payment";
    public const string Ship = "create_shipment";
    public const string Confirm = "send_confirmation";

    public const string Approve = "await_approval";

    public static PlanDefinition Instance { get; } = With(attempts: 3);

    public static PlanDefinition With(int attempts, int compensationAttempts = 2) =>
        new(
            "order-fulfillment",
            1,
            [
                Step(Reserve, "inventory", 1, attempts, compensationAttempts),
                Step(Pay, "payments", 2, attempts, compensationAttempts),
                Step(Ship, "shipping", 3, attempts, compensationAttempts),
                Step(Confirm, "notifications", 4, attempts, compensationAttempts),
            ]
        );

    /// <summary>The same steps, and an hour for them all.</summary>
    public static PlanDefinition WithDeadline(int attempts) => new("order-fulfillment", 5, With(attempts).Steps, TimeSpan.FromHours(1));

    /// <summary>The same steps with a pivot: paying is final, and what comes after it is retried.</summary>
    public static PlanDefinition WithPivot(AfterUnknown afterUnknown = AfterUnknown.Retry, int attempts = 2) =>
        new(
            "order-fulfillment",
            2,
            [
                Step(Reserve, "inventory", 1, attempts, 2),
                Step(Pay, "payments", 2, attempts, 2) with
                {
                    Kind = StepKind.Pivot,
                    HasCompensation = false,
                    AfterUnknown = afterUnknown,
                },
                Step(Ship, "shipping", 3, attempts, 2) with
                {
                    Kind = StepKind.Retriable,
                    HasCompensation = false,
                },
            ]
        );

    /// <summary>Reserve, then pay and ship side by side, then confirm.</summary>
    public static PlanDefinition Parallel(int attempts = 2) =>
        new(
            "order-fulfillment",
            3,
            [
                Step(Reserve, "inventory", 1, attempts, 2),
                Step(Pay, "payments", 2, attempts, 2),
                Step(Ship, "shipping", 2, attempts, 2),
                Step(Confirm, "notifications", 3, attempts, 2),
            ]
        );

    /// <summary>Reserve, wait for approval, pay.</summary>
    public static PlanDefinition Approved() =>
        new(
            "order-fulfillment",
            4,
            [
                Step(Reserve, "inventory", 1, 2, 2),
                new(Approve, string.Empty, TimeSpan.FromDays(14))
                {
                    Stage = 2,
                    Kind = StepKind.NoEffect,
                    Signal = "approval",
                },
                Step(Pay, "payments", 3, 2, 2),
            ]
        );

    public static StepDefinition Step(string name, string participant, int stage, int attempts = 2, int compensationAttempts = 2) =>
        new(name, participant, TimeSpan.FromSeconds(30))
        {
            Stage = stage,
            Retry = new RetryPolicy(attempts, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
            CompensationRetry = new RetryPolicy(compensationAttempts, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
            HasCompensation = true,
        };
}
