namespace SagaOrchestrator.Decisions.Tests;

/// <summary>The effect is there, and nobody can go on from the answer: the step stays as open as it was.</summary>
public sealed class When_a_result_is_refused
{
    [Test]
    [Property("Rule", "S39")]
    public void Should_be_recorded_and_leave_the_step_waiting()
    {
        var scenario = SagaScenario
            .Of(OrderPlan.Instance)
            .When(DoneWithWrongResult(Reserve))
            .Then(StepIs(Reserve, StepState.Executing), Is(SagaState.Pending));
        scenario.Decisions.ShouldNotContain(new KeepResult(Reserve));
        scenario.History.Last().Type.ShouldBe(HistoryTypes.ResultRefused);
        scenario.Progress.Find(Reserve)!.RefusedResult.ShouldBe("result.id: Expected a text, got null.");
    }

    [Test]
    [Property("Rule", "S39")]
    public void Should_not_stop_the_timer_nor_the_retries() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(DoneWithWrongResult(Reserve), TimerOf(Reserve))
            .When(TimerOf(Reserve))
            .Then(Executes(Reserve, attempt: 2));

    [Test]
    [Property("Rule", "S39")]
    public void Should_go_on_when_a_later_answer_is_right()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance).Given(DoneWithWrongResult(Reserve)).When(Done(Reserve)).Then(Executes(Pay));
        scenario.Progress.Find(Reserve)!.RefusedResult.ShouldBeNull();
    }

    [Test]
    [Property("Rule", "S39")]
    [Property("Rule", "S33")]
    public void Should_go_on_when_an_operator_gives_the_right_one() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(DoneWithWrongResult(Reserve))
            .When(OperatorFindsDone(Reserve))
            .Then(StepIs(Reserve, StepState.Completed), Executes(Pay));

    [Test]
    [Property("Rule", "S33")]
    public void Should_let_an_operator_settle_no_step_whose_result_was_not_refused() =>
        SagaScenario.Of(OrderPlan.Instance).When(OperatorFindsDone(Reserve)).Then(StepIs(Reserve, StepState.Executing));

    [Test]
    [Property("Rule", "S11")]
    public void Should_change_nothing_once_the_step_is_being_undone() =>
        SagaScenario
            .Of(OrderPlan.With(attempts: 1))
            .Given(Done(Reserve), TimerOf(Pay))
            .When(DoneWithWrongResult(Pay))
            .Then(Is(SagaState.Compensating));

    [Test]
    [Property("Rule", "S39")]
    public void Should_not_lead_a_parked_pivot_out() =>
        SagaScenario
            .Of(OrderPlan.WithPivot(attempts: 1))
            .Given(Done(Reserve), TimerOf(Pay))
            .When(DoneWithWrongResult(Pay))
            .Then(Is(SagaState.Parked));
}
