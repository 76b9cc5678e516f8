using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Audit.Rules;

namespace SagaOrchestrator.Tests.Audit;

public sealed class When_a_fence_is_compared
{
    [TestCase(StepState.Completed, "completed", "none", true)]
    [TestCase(StepState.Completed, "none", "none", false)]
    [TestCase(StepState.Completed, "rejected", "none", false)]
    [TestCase(StepState.Completed, "completed", "completed", false)]
    [TestCase(StepState.Compensated, "completed", "completed", true)]
    [TestCase(StepState.Compensated, "none", "completed", true)]
    [TestCase(StepState.Compensated, "completed", "none", false)]
    [TestCase(StepState.Rejected, "rejected", "none", true)]
    [TestCase(StepState.Rejected, "none", "none", true)]
    [TestCase(StepState.Rejected, "completed", "none", false)]
    [TestCase(StepState.Skipped, "none", "none", true)]
    [TestCase(StepState.Skipped, "completed", "none", false)]
    [TestCase(StepState.CompensationSkipped, "completed", "none", true)]
    public void Should_say_where_they_disagree(StepState state, string @do, string undo, bool agrees)
    {
        var saga = Audited.Completed.With(step => step with { State = state });
        var found = FenceRules.Of(saga, saga.Progress!.Steps[0], "payments", new FenceRow(@do, undo));
        (found is null).ShouldBe(agrees);
        (found?.Repair ?? Repair.None).ShouldBe(Repair.None, "nobody knows which is true");
    }
}
