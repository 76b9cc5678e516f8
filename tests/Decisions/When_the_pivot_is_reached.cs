namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_the_pivot_is_reached
{
    [Test]
    [Property("Rule", "S20")]
    public void Should_compensate_what_came_before_when_it_is_rejected() =>
        SagaScenario
            .Of(OrderPlan.WithPivot())
            .Given(Done(Reserve))
            .When(Rejected(Pay))
            .Then(Compensates(Reserve))
            .When(Undone(Reserve))
            .Then(Is(SagaState.Failed), HasUndone(Reserve));

    [Test]
    [Property("Rule", "S22")]
    public void Should_park_and_never_compensate_when_its_outcome_stays_unknown() =>
        SagaScenario
            .Of(OrderPlan.WithPivot(attempts: 1))
            .Given(Done(Reserve))
            .When(TimerOf(Pay))
            .Then(SendsNothing, Is(SagaState.Parked), StepWaitsFor(Pay, Wait.Operator), Publishes(SagaState.Parked));

    [Test]
    [Property("Rule", "S22")]
    public void Should_ask_before_it_parks_when_the_plan_says_so() =>
        SagaScenario
            .Of(OrderPlan.WithPivot(AfterUnknown.Enquire, attempts: 2))
            .Given(Done(Reserve))
            .When(TimerOf(Pay))
            .Then(Enquires(Pay), SendsNothing)
            .When(TimerOf(Pay))
            .Then(Enquires(Pay, enquiry: 2))
            .When(TimerOf(Pay))
            .Then(SendsNothing, Is(SagaState.Parked));

    [Test]
    [Property("Rule", "S22")]
    public void Should_compensate_once_it_is_known_not_to_have_happened() =>
        SagaScenario
            .Of(OrderPlan.WithPivot(AfterUnknown.Enquire))
            .Given(Done(Reserve), TimerOf(Pay))
            .When(NotDone(Pay))
            .Then(Compensates(Reserve), StepIs(Pay, StepState.Rejected), FailedWith(Failure.NotDone));

    [Test]
    [Property("Rule", "S22")]
    public void Should_go_on_when_the_answer_comes_after_parking() =>
        SagaScenario
            .Of(OrderPlan.WithPivot(attempts: 1))
            .Given(Done(Reserve), TimerOf(Pay))
            .When(Done(Pay))
            .Then(Executes(Ship), Is(SagaState.Pending));

    [Test]
    [Property("Rule", "S22")]
    public void Should_compensate_when_a_rejection_comes_after_parking() =>
        SagaScenario
            .Of(OrderPlan.WithPivot(attempts: 1))
            .Given(Done(Reserve), TimerOf(Pay))
            .When(Rejected(Pay))
            .Then(Compensates(Reserve), Is(SagaState.Compensating));

    [TestCase(nameof(Rejected))]
    [TestCase(nameof(Faulted))]
    [TestCase("timeout")]
    [Property("Rule", "S21")]
    public void Should_retry_what_comes_after_it_and_then_park_and_roll_nothing_back(string how)
    {
        Happening fail = how switch
        {
            nameof(Rejected) => Rejected(Ship),
            nameof(Faulted) => Faulted(Ship),
            _ => TimerOf(Ship),
        };
        SagaScenario
            .Of(OrderPlan.WithPivot(attempts: 2))
            .Given(Done(Reserve), Done(Pay))
            .When(fail)
            .Then(SendsNothing, Is(SagaState.Pending), StepWaitsFor(Ship, Wait.Retry))
            .When(TimerOf(Ship))
            .Then(Executes(Ship, attempt: 2))
            .When(how == "timeout" ? TimerOf(Ship) : fail)
            .Then(SendsNothing, Is(SagaState.Parked), Publishes(SagaState.Parked));
    }

    [Test]
    [Property("Rule", "S21")]
    public void Should_complete_when_a_retriable_step_completes_at_last() =>
        SagaScenario
            .Of(OrderPlan.WithPivot(attempts: 1))
            .Given(Done(Reserve), Done(Pay), Faulted(Ship))
            .When(Done(Ship))
            .Then(Is(SagaState.Completed));

    [Test]
    [Property("Rule", "S23")]
    public void Should_refuse_to_cancel_after_it() =>
        SagaScenario
            .Of(OrderPlan.WithPivot())
            .Given(Done(Reserve), Done(Pay))
            .When(Cancelled)
            .Then(Refuses("after-pivot"), Is(SagaState.Pending));

    [Test]
    [Property("Rule", "S23")]
    public void Should_refuse_to_cancel_while_it_is_under_way() =>
        SagaScenario.Of(OrderPlan.WithPivot()).Given(Done(Reserve)).When(Cancelled).Then(Refuses("pivot-underway"));

    [Test]
    [Property("Rule", "S16")]
    public void Should_not_let_a_deadline_roll_back_what_is_final()
    {
        var plan = new PlanDefinition("order", 1, OrderPlan.WithPivot().Steps, TimeSpan.FromHours(1));
        SagaScenario
            .Of(plan)
            .Given(Done(Reserve), Done(Pay))
            .When(DeadlinePasses)
            .Then(SendsNothing, Is(SagaState.Pending), Records(HistoryTypes.DeadlinePassed))
            .When(Done(Ship))
            .Then(Is(SagaState.Completed));
    }
}
