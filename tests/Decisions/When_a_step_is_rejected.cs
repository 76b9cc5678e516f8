namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_step_is_rejected
{
    [Test]
    [Property("Rule", "S3")]
    public void Should_undo_completed_steps_in_reverse_one_after_another()
    {
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(Done(Reserve), Done(Pay))
            .When(Rejected(Ship))
            .Then(Compensates(Pay), Is(SagaState.Compensating))
            .When(Undone(Pay))
            .Then(Compensates(Reserve))
            .When(Undone(Reserve))
            .Then(SendsNothing, Is(SagaState.Failed), Publishes(SagaState.Failed), HasUndone(Pay, Reserve));
    }

    [Test]
    [Property("Rule", "S5")]
    public void Should_not_compensate_the_rejected_step_itself() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(Done(Reserve))
            .When(Rejected(Pay), Undone(Reserve))
            .Then(Is(SagaState.Failed), StepIs(Pay, StepState.Rejected), HasUndone(Reserve));

    [Test]
    [Property("Rule", "S18")]
    public void Should_fail_with_nothing_to_undo_when_it_was_the_first() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .When(Rejected(Reserve))
            .Then(SendsNothing, Is(SagaState.Failed), Publishes(SagaState.Failed), HasUndone());

    [Test]
    public void Should_skip_the_steps_that_had_not_begun() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .When(Rejected(Reserve))
            .Then(StepIs(Pay, StepState.Skipped), StepIs(Ship, StepState.Skipped), StepIs(Confirm, StepState.Skipped));

    [Test]
    [Property("Rule", "S17")]
    public void Should_remember_why_apart_from_what_goes_wrong_while_undoing()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance).Given(Done(Reserve)).When(Rejected(Pay), NotUndone(Reserve));
        scenario.Progress.ForwardFailure.ShouldBe(new Failure(Pay, "rejected", "No."));
        scenario.Progress.CompensationFailure.ShouldBe(new Failure(Reserve, "stuck", "Cannot."));
    }
}
