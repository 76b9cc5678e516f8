using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>
/// One step that nobody answers. It has no effect and is not tried again, so that its timer takes one turn, which ends the saga as Failed
/// with nothing to undo.
/// </summary>
internal sealed class TimerPlan : OrderPlan
{
    public TimerPlan(TimeSpan limit) =>
        Step(Steps.Reserve)
            .At(Steps.All[0].Participant)
            .Within(limit)
            .WithoutEffect()
            .Retry(1, TimeSpan.FromSeconds(1))
            .Do((start, _) => new DoStep(StepContent.Of(Steps.Reserve, start.Order, null)));
}
