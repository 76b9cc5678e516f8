namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_compensation_fails
{
    [Test]
    [Property("Rule", "S14")]
    public void Should_try_again_and_then_park_without_starting_the_next() =>
        SagaScenario
            .Of(OrderPlan.With(attempts: 1, compensationAttempts: 2))
            .Given(Done(Reserve), Done(Pay), Rejected(Ship))
            .When(NotUndone(Pay))
            .Then(SendsNothing, Is(SagaState.Compensating))
            .When(TimerOf(Pay))
            .Then(Compensates(Pay, attempt: 2))
            .When(NotUndone(Pay))
            .Then(SendsNothing, Is(SagaState.Parked), Publishes(SagaState.Parked), HasUndone());

    [Test]
    [Property("Rule", "S14")]
    public void Should_treat_silence_like_a_failure() =>
        SagaScenario
            .Of(OrderPlan.With(attempts: 1, compensationAttempts: 1))
            .Given(Done(Reserve), Rejected(Pay))
            .When(TimerOf(Reserve))
            .Then(Is(SagaState.Parked), Records(HistoryTypes.CompensationTimedOut, HistoryTypes.SagaParked));

    [Test]
    public void Should_go_on_when_the_answer_comes_after_parking() =>
        SagaScenario
            .Of(OrderPlan.With(attempts: 1, compensationAttempts: 1))
            .Given(Done(Reserve), Done(Pay), Rejected(Ship), TimerOf(Pay))
            .When(Undone(Pay))
            .Then(Compensates(Reserve), Is(SagaState.Compensating));

    [Test]
    [Property("Rule", "S26")]
    public void Should_wait_for_nothing_while_parked() =>
        SagaScenario
            .Of(OrderPlan.With(attempts: 1, compensationAttempts: 1))
            .When(TimerOf(Reserve), NotUndone(Reserve))
            .Progress.NextTimer.ShouldBeNull();

    [Test]
    public void Should_name_the_stuck_compensation_and_its_cause_beside_the_failure_that_it_is_for()
    {
        var scenario = SagaScenario.Of(OrderPlan.With(attempts: 1, compensationAttempts: 1)).Given(Done(Reserve), Rejected(Pay));
        scenario.Progress.Stuck.ShouldBeNull();
        scenario.When(NotUndone(Reserve)).Then(Is(SagaState.Parked), FailedWith("rejected"));
        scenario.Progress.Stuck.ShouldBe(new Failure(Reserve, "stuck", "Cannot."));
    }

    [Test]
    [Property("Rule", "S8")]
    public void Should_record_that_there_was_nothing_to_undo()
    {
        var scenario = SagaScenario.Of(OrderPlan.With(attempts: 1)).Given(Done(Reserve), Rejected(Pay));
        scenario.When(NothingToUndo(Reserve));
        scenario.History.Single(entry => entry.Type == HistoryTypes.CompensationCompleted).Code.ShouldBe("nothing_to_undo");
    }
}
