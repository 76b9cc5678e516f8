namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_saga_is_given_up
{
    private static readonly PlanDefinition WithDeadline = new("order", 1, OrderPlan.With(attempts: 1).Steps, TimeSpan.FromMinutes(10));

    [Test]
    [Property("Rule", "S16")]
    public void Should_wait_for_the_running_step_and_then_undo_when_it_is_cancelled() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(Done(Reserve))
            .When(Cancelled)
            .Then(
                SendsNothing,
                Is(SagaState.Pending),
                Records(HistoryTypes.OperatorCancelled, HistoryTypes.SettlingBegan),
                FailedWith(Failure.Cancelled)
            )
            .When(Done(Pay))
            .Then(Compensates(Pay))
            .When(Undone(Pay), Undone(Reserve))
            .Then(Is(SagaState.Failed), HasUndone(Pay, Reserve));

    [Test]
    [Property("Rule", "S16")]
    public void Should_take_a_second_cancel_as_said_already() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(Done(Reserve), Cancelled)
            .When(Cancelled)
            .Then(DecidesNothing)
            .Given(TimerOf(Pay))
            .When(Cancelled)
            .Then(DecidesNothing, StepIs(Pay, StepState.Compensating), Is(SagaState.Compensating))
            .Given(Undone(Pay), Undone(Reserve))
            .When(Cancelled)
            .Then(DecidesNothing, Is(SagaState.Failed));

    [Test]
    [Property("Rule", "S18")]
    public void Should_fail_with_nothing_to_undo_when_it_had_not_begun() =>
        SagaScenario
            .Accepted(OrderPlan.Instance)
            .When(Cancelled)
            .Then(Is(SagaState.Failed), Publishes(SagaState.Failed), HasUndone())
            .When(_ => new Inputs.Begin())
            .Then(DecidesNothing);

    [Test]
    [Property("Rule", "S23")]
    public void Should_refuse_to_cancel_what_has_completed() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(Done(Reserve), Done(Pay), Done(Ship), Done(Confirm))
            .When(Cancelled)
            .Then(Refuses("completed"), Is(SagaState.Completed));

    [Test]
    [Property("Rule", "S16")]
    public void Should_start_compensation_when_its_deadline_passes() =>
        SagaScenario
            .Of(WithDeadline)
            .Given(Done(Reserve), StillAtWork(Pay))
            .When(DeadlinePasses)
            .Then(SendsNothing, FailedWith(Failure.Deadline))
            .When(TimerOf(Pay))
            .Then(Compensates(Pay))
            .When(Undone(Pay))
            .Then(Compensates(Reserve));

    [Test]
    [Property("Rule", "S16")]
    public void Should_not_stop_a_compensation_when_its_deadline_passes() =>
        SagaScenario
            .Of(WithDeadline)
            .Given(Done(Reserve), Rejected(Pay))
            .When(DeadlinePasses)
            .Then(SendsNothing, Records(HistoryTypes.DeadlinePassed), StepIs(Reserve, StepState.Compensating))
            .When(Undone(Reserve))
            .Then(Is(SagaState.Failed), FailedWith("rejected"));

    [Test]
    [Property("Rule", "S9")]
    public void Should_pass_its_deadline_once_and_not_early()
    {
        var scenario = SagaScenario.Of(WithDeadline);
        scenario.When(TimerNamed(SagaTimer.Deadline)).Then(DecidesNothing);
        scenario.Given(DeadlinePasses).When(TimerNamed(SagaTimer.Deadline)).Then(DecidesNothing);
    }

    [Test]
    [Property("Rule", "S26")]
    public void Should_have_no_deadline_left_at_its_end() =>
        SagaScenario.Of(WithDeadline).When(Rejected(Reserve)).Progress.NextTimer.ShouldBeNull();
}
