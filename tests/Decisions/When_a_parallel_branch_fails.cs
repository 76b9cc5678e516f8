namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_parallel_branch_fails
{
    [Test]
    public void Should_start_the_branches_together_and_go_on_when_all_are_through() =>
        SagaScenario
            .Of(OrderPlan.Parallel())
            .When(Done(Reserve))
            .Then(ExecutesAll(Pay, Ship))
            .When(Done(Ship))
            .Then(SendsNothing)
            .When(Done(Pay))
            .Then(Executes(Confirm));

    [Test]
    [Property("Rule", "S4")]
    public void Should_let_the_others_answer_before_anything_is_undone() =>
        SagaScenario
            .Of(OrderPlan.Parallel())
            .Given(Done(Reserve))
            .When(Rejected(Pay))
            .Then(SendsNothing, Is(SagaState.Pending), Records(HistoryTypes.StepRejected, HistoryTypes.SettlingBegan))
            .When(Done(Ship))
            .Then(Compensates(Ship), Is(SagaState.Compensating))
            .When(Undone(Ship))
            .Then(Compensates(Reserve))
            .When(Undone(Reserve))
            .Then(Is(SagaState.Failed), HasUndone(Ship, Reserve));

    [Test]
    [Property("Rule", "S4")]
    public void Should_count_a_branch_that_never_answers_as_unknown_without_trying_again() =>
        SagaScenario
            .Of(OrderPlan.Parallel(attempts: 5))
            .Given(Done(Reserve), Rejected(Pay))
            .When(TimerOf(Ship))
            .Then(Compensates(Ship), Is(SagaState.Compensating));

    [Test]
    [Property("Rule", "S4")]
    public void Should_not_send_a_branch_again_that_was_backed_off() =>
        SagaScenario.Of(OrderPlan.Parallel()).Given(Done(Reserve), Faulted(Ship)).When(Rejected(Pay)).Then(Compensates(Ship));

    [Test]
    [Property("Rule", "S4")]
    public void Should_undo_nothing_of_a_second_branch_that_is_rejected_too() =>
        SagaScenario
            .Of(OrderPlan.Parallel())
            .Given(Done(Reserve), Rejected(Pay))
            .When(Rejected(Ship))
            .Then(Compensates(Reserve), FailedWith("rejected"))
            .When(Undone(Reserve))
            .Then(HasUndone(Reserve));

    [Test]
    [Property("Rule", "S3")]
    public void Should_undo_branches_one_after_another_in_reverse_order_of_start() =>
        SagaScenario
            .Of(OrderPlan.Parallel())
            .Given(Done(Reserve), Done(Ship), Done(Pay))
            .When(Rejected(Confirm))
            .Then(Compensates(Ship))
            .When(Undone(Ship))
            .Then(Compensates(Pay))
            .When(Undone(Pay))
            .Then(Compensates(Reserve));

    [Test]
    public void Should_give_a_slow_branch_no_more_time_once_the_saga_has_failed() =>
        SagaScenario
            .Of(OrderPlan.Parallel())
            .Given(Done(Reserve), Rejected(Pay))
            .When(StillAtWork(Ship))
            .Then(Records(HistoryTypes.ReplyIgnored));
}
