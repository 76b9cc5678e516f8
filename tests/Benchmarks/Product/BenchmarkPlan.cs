using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Host.Plans;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>Four steps after one another. Nothing is late here, so the timeouts are only what a plan would have.</summary>
internal sealed class BenchmarkPlan : Plan<StartBenchmark>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public BenchmarkPlan()
        : base("benchmark", version: 1)
    {
        string? before = null;
        foreach (var step in Steps.All)
        {
            var previous = before;
            Step(step.Name).At(step.Participant).Within(Patience)
                .Do((start, saga) => new DoStep(StepContent.Of(
                    step.Name, start.Order, previous is null ? null : saga.Result<StepDone>(previous)!.Reference)))
                .UndoneBy((start, _) => new UndoStep(start.Order.OrderId));
            before = step.Name;
        }
    }

    public override StartBenchmark Example { get; } = new(Orders.Make(0, fails: false));

    public override string BusinessKey(StartBenchmark data) => data.Order.OrderId;

    public override IEnumerable<FieldError> Validate(StartBenchmark data) =>
        string.IsNullOrEmpty(data.Order?.OrderId) ? [new("order.orderId", "An order needs an id.")] : [];
}
