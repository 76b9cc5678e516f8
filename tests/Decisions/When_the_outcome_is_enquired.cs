namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_the_outcome_is_enquired
{
    private static readonly PlanDefinition Plan = new(
        "order",
        1,
        [Step(Reserve, "inventory", 1), Step(Pay, "payments", 2) with { AfterUnknown = AfterUnknown.Enquire }]
    );

    private static SagaScenario Asked => SagaScenario.Of(Plan).Given(Done(Reserve)).When(TimerOf(Pay));

    [Test]
    [Property("Rule", "S6")]
    public void Should_ask_instead_of_sending_the_command_again() =>
        Asked.Then(Enquires(Pay), SendsNothing, Records(HistoryTypes.StepTimedOut, HistoryTypes.StepEnquired));

    [Test]
    [Property("Rule", "S6")]
    public void Should_complete_the_step_when_it_was_done() => Asked.When(Done(Pay)).Then(Is(SagaState.Completed));

    [Test]
    [Property("Rule", "S6")]
    public void Should_not_undo_the_step_when_it_was_not_done_and_is_fenced() =>
        Asked.When(NotDone(Pay)).Then(Compensates(Reserve), StepIs(Pay, StepState.Rejected));

    [Test]
    [Property("Rule", "S6")]
    public void Should_wait_on_when_it_is_in_progress_and_ask_again_later() =>
        Asked.When(StillAtWork(Pay)).Then(StepWaitsFor(Pay, Wait.Reply)).When(TimerOf(Pay)).Then(Enquires(Pay, enquiry: 2));

    [Test]
    [Property("Rule", "S6")]
    public void Should_compensate_the_step_too_when_nobody_answers() => Asked.Given(TimerOf(Pay)).When(TimerOf(Pay)).Then(Compensates(Pay));

    [Test]
    [Property("Rule", "S10")]
    public void Should_ignore_an_answer_that_was_not_asked_for() =>
        SagaScenario.Of(Plan).When(NotDone(Reserve)).Then(Records(HistoryTypes.ReplyIgnored), StepIs(Reserve, StepState.Executing));

    [Test]
    [Property("Rule", "S6")]
    public void Should_compensate_at_once_when_the_plan_says_so()
    {
        var plan = new PlanDefinition(
            "order",
            1,
            [Step(Reserve, "inventory", 1, attempts: 5) with { AfterUnknown = AfterUnknown.Compensate }]
        );
        SagaScenario.Of(plan).When(TimerOf(Reserve)).Then(Compensates(Reserve));
    }

    [Test]
    public void Should_not_retry_a_failure_that_the_plan_calls_final()
    {
        var step = Step(Reserve, "inventory", 1, attempts: 5);
        var plan = new PlanDefinition("order", 1, [step with { Retry = step.Retry with { NotRetryable = ["broken"] } }]);
        SagaScenario.Of(plan).When(Faulted(Reserve)).Then(Compensates(Reserve));
    }
}
