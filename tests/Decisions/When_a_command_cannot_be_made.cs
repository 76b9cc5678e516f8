namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_command_cannot_be_made
{
    [Test]
    [Property("Rule", "S13")]
    public void Should_send_nothing_and_wait_for_an_operator() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .CommandFailure(Pay, Direction.Do)
            .When(Done(Reserve))
            .Then(
                SendsNothing,
                Is(SagaState.Parked),
                StepWaitsFor(Pay, Wait.Operator),
                Publishes(SagaState.Parked),
                Records(HistoryTypes.StepCompleted, HistoryTypes.SagaParked),
                scenario => scenario.Progress.NextTimer.ShouldBeNull()
            )
            .Mended()
            .When(OperatorRetries(Pay))
            .Then(Executes(Pay, attempt: 2), Is(SagaState.Pending))
            .When(Done(Pay))
            .Then(Executes(Ship));

    [Test]
    [Property("Rule", "S14")]
    public void Should_park_a_compensation_and_go_on_with_it_when_it_can_be_made() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(Done(Reserve))
            .CommandFailure(Reserve, Direction.Undo)
            .When(Rejected(Pay))
            .Then(SendsNothing, Is(SagaState.Parked), StepIs(Reserve, StepState.Compensating), FailedWith("rejected"))
            .Mended()
            .When(OperatorRetries(Reserve))
            .Then(Compensates(Reserve, attempt: 2))
            .When(Undone(Reserve))
            .Then(Is(SagaState.Failed), HasUndone(Reserve));

    [Test]
    [Property("Rule", "S4")]
    public void Should_not_keep_a_saga_from_undoing_that_fails_elsewhere() =>
        SagaScenario
            .Of(OrderPlan.Parallel())
            .CommandFailure(Ship, Direction.Do)
            .When(Done(Reserve))
            .Then(Executes(Pay), Is(SagaState.Parked))
            .When(Rejected(Pay))
            .Then(Compensates(Ship), Is(SagaState.Compensating))
            .When(Undone(Ship), Undone(Reserve))
            .Then(Is(SagaState.Failed), HasUndone(Ship, Reserve));

    [Test]
    [Property("Rule", "S16")]
    public void Should_not_keep_a_saga_from_being_cancelled() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .CommandFailure(Pay, Direction.Do)
            .Given(Done(Reserve))
            .When(Cancelled)
            .Then(Compensates(Pay), FailedWith(Failure.Cancelled))
            .When(Undone(Pay), Undone(Reserve))
            .Then(Is(SagaState.Failed));

    [Test]
    public void Should_park_an_attempt_after_the_first() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(Done(Reserve), Faulted(Pay))
            .CommandFailure(Pay, Direction.Do)
            .When(TimerOf(Pay))
            .Then(SendsNothing, Is(SagaState.Parked), Records(HistoryTypes.SagaParked))
            .When(Done(Pay, attempt: 1))
            .Then(Executes(Ship), Is(SagaState.Pending));
}
