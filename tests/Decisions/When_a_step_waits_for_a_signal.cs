namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_step_waits_for_a_signal
{
    [Test]
    public void Should_go_on_when_it_comes()
    {
        var scenario = SagaScenario
            .Of(OrderPlan.Approved())
            .When(Done(Reserve))
            .Then(SendsNothing, StepWaitsFor(Approve, Wait.Signal))
            .When(Signalled("approval"))
            .Then(Executes(Pay));
        scenario.Decisions.ShouldContain(new TakeSignal(SignalId(1), Approve));
    }

    [Test]
    public void Should_keep_one_that_comes_early_and_use_it_when_its_step_begins()
    {
        var scenario = SagaScenario
            .Of(OrderPlan.Approved())
            .When(Signalled("approval"))
            .Then(Records(HistoryTypes.SignalKept), StepIs(Reserve, StepState.Executing));
        scenario.Decisions.ShouldContain(new KeepSignal(SignalId(1)));
        scenario.When(Done(Reserve)).Then(Executes(Pay), StepIs(Approve, StepState.Completed));
        scenario.Decisions.ShouldContain(new TakeSignal(SignalId(1), Approve));
    }

    [Test]
    [Property("Rule", "S24")]
    public void Should_count_each_id_once() =>
        SagaScenario
            .Of(OrderPlan.Approved())
            .Given(Signalled("approval"))
            .When(Signalled("approval"))
            .Then(DecidesNothing)
            .When(Done(Reserve))
            .Then(Executes(Pay))
            .When(Signalled("approval"))
            .Then(DecidesNothing);

    [Test]
    public void Should_use_a_kept_signal_for_one_step_only()
    {
        var steps = OrderPlan.Approved().Steps;
        var plan = new PlanDefinition("order", 1, [steps[0], steps[1], steps[1] with { Name = "second_approval", Stage = 3 }]);
        SagaScenario
            .Of(plan)
            .Given(Signalled("approval"))
            .When(Done(Reserve))
            .Then(StepIs(Approve, StepState.Completed), StepWaitsFor("second_approval", Wait.Signal))
            .When(Signalled("approval", id: 2))
            .Then(Is(SagaState.Completed));
    }

    [Test]
    public void Should_compensate_when_the_answer_is_no() =>
        SagaScenario
            .Of(OrderPlan.Approved())
            .Given(Done(Reserve))
            .When(Declined("approval"))
            .Then(Compensates(Reserve), StepIs(Approve, StepState.Rejected), FailedWith("declined"))
            .When(Undone(Reserve))
            .Then(Is(SagaState.Failed), Publishes(SagaState.Failed), HasUndone(Reserve));

    [Test]
    public void Should_compensate_when_a_no_came_early() =>
        SagaScenario
            .Of(OrderPlan.Approved())
            .Given(Declined("approval"))
            .When(Done(Reserve))
            .Then(Compensates(Reserve), FailedWith("declined"));

    [Test]
    public void Should_compensate_when_it_does_not_come_in_time() =>
        SagaScenario
            .Of(OrderPlan.Approved())
            .Given(Done(Reserve))
            .When(TimerOf(Approve))
            .Then(Compensates(Reserve), FailedWith(Failure.Timeout));

    [Test]
    [Property("Rule", "S13")]
    public void Should_record_and_ignore_one_that_nobody_waits_for() =>
        SagaScenario
            .Of(OrderPlan.Approved())
            .When(Signalled("weather"))
            .Then(Records(HistoryTypes.SignalIgnored))
            .Given(Done(Reserve), Signalled("approval"))
            .When(Signalled("approval", id: 3))
            .Then(Records(HistoryTypes.SignalIgnored), SendsNothing);

    [Test]
    public void Should_park_when_it_does_not_come_after_the_pivot()
    {
        var steps = OrderPlan.WithPivot().Steps;
        var pickup = new StepDefinition("await_pickup", string.Empty, TimeSpan.FromDays(30))
        {
            Stage = 4,
            Kind = StepKind.Retriable,
            Signal = "picked_up",
        };
        SagaScenario
            .Of(new PlanDefinition("order", 1, [.. steps, pickup]))
            .Given(Done(Reserve), Done(Pay), Done(Ship))
            .When(TimerOf("await_pickup"))
            .Then(Is(SagaState.Parked))
            .When(Signalled("picked_up"))
            .Then(Is(SagaState.Completed));
    }

    [Test]
    [Property("Rule", "S4")]
    public void Should_not_be_waited_for_when_a_branch_beside_it_fails()
    {
        var plan = new PlanDefinition("order", 1, [Step(Reserve, "inventory", 1), OrderPlan.Approved().Steps[1] with { Stage = 1 }]);
        SagaScenario.Of(plan).When(Rejected(Reserve)).Then(Is(SagaState.Failed), StepIs(Approve, StepState.Skipped));
    }
}
