using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>Four steps after one another. Nothing is late here, so the timeouts are only what a plan would have.</summary>
internal sealed class BenchmarkPlan : OrderPlan
{
    public BenchmarkPlan(TimeSpan patience)
    {
        StepResult<StepDone>? before = null;
        foreach (var step in Steps.All)
        {
            var previous = before;
            Step<StepDone>(step.Name, out var result)
                .At(step.Participant)
                .Within(patience)
                .Do(
                    (start, saga) =>
                        new DoStep(StepContent.Of(step.Name, start.Order, previous is null ? null : saga.Result(previous)!.Reference))
                )
                .UndoneBy((start, _) => new UndoStep(start.Order.OrderId));
            before = result;
        }
    }
}
