using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Benchmarks.Product.Secured;

/// <summary>The plan that is compared, with two marked values, which the third step is told.</summary>
internal sealed class SecuredPlan : Plan<StartSecured>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(300);

    public SecuredPlan()
        : base("benchmark", version: 1)
    {
        StepResult<StepDone>? before = null;
        foreach (var step in Steps.All)
        {
            var previous = before;
            Step<StepDone>(step.Name, out var result)
                .At(step.Participant)
                .Within(Patience)
                .Do((start, saga) => Command(step.Name, start, previous is null ? null : saga.Result(previous)!.Reference))
                .UndoneBy((start, _) => new UndoStep(start.Order.OrderId));
            before = result;
        }
    }

    public override StartSecured Example { get; } = StartSecured.Of(Orders.Make(0, fails: false));

    public override string BusinessKey(StartSecured data) => data.Order.OrderId;

    public override IEnumerable<FieldError> Validate(StartSecured data) =>
        string.IsNullOrEmpty(data.Order?.OrderId) ? [new("order.orderId", "An order needs an id.")] : [];

    private static SagaCommand Command(string step, StartSecured start, string? reference)
    {
        var content = StepContent.Of(step, start.Order, reference);
        return step == Steps.Ship ? new DoFor(content, start.Name, start.Street) : new DoStep(content);
    }
}
