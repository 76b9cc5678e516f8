namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_an_operator_acts
{
    private static SagaScenario StuckRefund =>
        SagaScenario
            .Of(OrderPlan.With(attempts: 1, compensationAttempts: 1))
            .Given(Done(Reserve), Done(Pay), Rejected(Ship), NotUndone(Pay));

    private static SagaScenario StuckPivot => SagaScenario.Of(OrderPlan.WithPivot(attempts: 1)).Given(Done(Reserve), TimerOf(Pay));

    private static SagaScenario StuckShipment =>
        SagaScenario.Of(OrderPlan.WithPivot(attempts: 1)).Given(Done(Reserve), Done(Pay), Faulted(Ship));

    [Test]
    [Property("Rule", "S33")]
    public void Should_record_who_when_and_why()
    {
        var entry = StuckRefund.When(OperatorRetries(Pay)).History.First();
        (entry.Type, entry.Step, entry.By, entry.Reason).ShouldBe((HistoryTypes.OperatorRetried, Pay, "alice", "The service is back."));
    }

    [Test]
    [Property("Rule", "S33")]
    public void Should_send_a_stuck_compensation_again_with_a_new_budget() =>
        SagaScenario
            .Of(OrderPlan.With(attempts: 1, compensationAttempts: 2))
            .Given(Done(Reserve), Rejected(Pay), NotUndone(Reserve), TimerOf(Reserve), NotUndone(Reserve))
            .When(OperatorRetries(Reserve))
            .Then(Compensates(Reserve, attempt: 3), Is(SagaState.Compensating))
            .When(NotUndone(Reserve))
            .Then(Is(SagaState.Compensating))
            .When(TimerOf(Reserve))
            .Then(Compensates(Reserve, attempt: 4))
            .When(NotUndone(Reserve))
            .Then(Is(SagaState.Parked));

    [Test]
    [Property("Rule", "S33")]
    public void Should_end_a_backoff_at_once() =>
        SagaScenario.Of(OrderPlan.Instance).Given(Faulted(Reserve)).When(OperatorRetries(Reserve)).Then(Executes(Reserve, attempt: 2));

    [Test]
    [Property("Rule", "S33")]
    public void Should_skip_a_stuck_compensation_and_undo_the_rest() =>
        StuckRefund
            .When(OperatorSkips(Pay))
            .Then(Compensates(Reserve), StepIs(Pay, StepState.CompensationSkipped))
            .When(Undone(Reserve))
            .Then(Is(SagaState.Failed), HasUndone(Reserve));

    [Test]
    [Property("Rule", "S33")]
    public void Should_take_a_compensation_as_done_by_hand() =>
        StuckRefund
            .When(OperatorFindsDone(Pay))
            .Then(Compensates(Reserve))
            .When(Undone(Reserve))
            .Then(Is(SagaState.Failed), HasUndone(Pay, Reserve));

    [Test]
    [Property("Rule", "S33")]
    public void Should_undo_nothing_of_a_step_that_is_found_never_to_have_happened() =>
        StuckRefund.When(OperatorFindsNotDone(Pay)).Then(Compensates(Reserve), StepIs(Pay, StepState.Rejected));

    [Test]
    [Property("Rule", "S33")]
    public void Should_go_on_with_the_result_of_a_step_that_is_found_done()
    {
        var scenario = StuckPivot.When(OperatorFindsDone(Pay)).Then(Executes(Ship), Is(SagaState.Pending));
        scenario.Decisions.ShouldContain(new KeepResult(Pay));
    }

    [Test]
    [Property("Rule", "S22")]
    public void Should_ask_the_participant_to_confirm_and_fence_a_pivot_that_is_found_not_done() =>
        StuckPivot
            .When(OperatorFindsNotDone(Pay))
            .Then(Enquires(Pay), FencesUnfinishedWork, SendsNothing, Is(SagaState.Pending))
            .When(NotDone(Pay))
            .Then(Compensates(Reserve), StepIs(Pay, StepState.Rejected));

    [Test]
    [Property("Rule", "S22")]
    public void Should_stay_parked_when_the_participant_does_not_confirm_that_it_is_not_done() =>
        StuckPivot
            .Given(OperatorFindsNotDone(Pay))
            .When(Faulted(Pay))
            .Then(SendsNothing, Records(HistoryTypes.ReplyIgnored))
            .When(StillAtWork(Pay))
            .Then(Records(HistoryTypes.ReplyIgnored), StepWaitsFor(Pay, Wait.Enquiry))
            .When(TimerOf(Pay))
            .Then(SendsNothing, Is(SagaState.Parked), StepWaitsFor(Pay, Wait.Operator))
            .When(NotDone(Pay))
            .Then(Compensates(Reserve), StepIs(Pay, StepState.Rejected));

    [Test]
    [Property("Rule", "S22")]
    public void Should_go_on_when_the_participant_knows_better_than_the_operator() =>
        StuckPivot.Given(OperatorFindsNotDone(Pay)).When(Done(Pay)).Then(Executes(Ship), Is(SagaState.Pending));

    [Test]
    [Property("Rule", "S8")]
    public void Should_fence_a_step_whose_compensation_is_skipped_or_done_by_hand()
    {
        StuckRefund.When(OperatorSkips(Pay)).Then(Enquires(Pay));
        StuckRefund.When(OperatorFindsDone(Pay)).Then(Enquires(Pay));
        StuckRefund.When(OperatorFindsNotDone(Pay)).Then(Enquires(Pay));
    }

    [Test]
    [Property("Rule", "S21")]
    public void Should_refuse_to_call_a_step_after_the_pivot_not_done() =>
        StuckShipment.When(OperatorFindsNotDone(Ship)).Then(Refuses("after-pivot"), Is(SagaState.Parked));

    [Test]
    [Property("Rule", "S33")]
    public void Should_refuse_to_skip_a_step_that_is_not_being_undone() =>
        StuckShipment.When(OperatorSkips(Ship)).Then(Refuses("not-a-compensation"));

    [Test]
    [Property("Rule", "S33")]
    public void Should_refuse_what_does_not_fit_and_change_nothing()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance);
        scenario.When(OperatorRetries(Reserve)).Then(Refuses("not-stuck"));
        scenario.When(OperatorFindsDone(Reserve)).Then(Refuses("not-stuck"));
        scenario.When(OperatorFindsNotDone(Reserve)).Then(Refuses("not-stuck"));
        scenario.When(OperatorSkips(Reserve)).Then(Refuses("not-stuck"));
        scenario.When(OperatorRetries("make_coffee")).Then(Refuses("unknown-step"), StepIs(Reserve, StepState.Executing));
    }
}
