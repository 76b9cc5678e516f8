namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_an_operator_gives_more_time
{
    private static SagaScenario WithDeadline => SagaScenario.Of(OrderPlan.WithDeadline(attempts: 1));

    private static SagaScenario Approving => SagaScenario.Of(OrderPlan.Approved()).Given(Done(Reserve));

    [Test]
    [Property("Rule", "S43")]
    public void Should_end_the_saga_only_then()
    {
        var scenario = WithDeadline.When(Extended(TimeSpan.FromHours(3)));
        scenario.Then(Records(HistoryTypes.OperatorExtended), SendsNothing);
        (scenario.History.Single().By, scenario.History.Single().DueAt).ShouldBe(("alice", scenario.Now.AddHours(3)));
        scenario.Progress.DeadlineAt.ShouldBe(scenario.Now.AddHours(3));
        scenario.PassTimeUntil(scenario.Now.AddHours(2));
        scenario.When(TimerNamed(SagaTimer.Deadline)).Then(DecidesNothing);
        scenario.When(DeadlinePasses).Then(FailedWith(Failure.Deadline));
    }

    [Test]
    public void Should_wait_longer_for_a_signal()
    {
        var scenario = Approving.When(Extended(TimeSpan.FromDays(20), Approve));
        scenario.PassTimeUntil(scenario.Now.AddDays(15));
        scenario.When(TimerNamed("await_approval/do/1/signal")).Then(DecidesNothing);
        scenario.When(Signalled("approval")).Then(Executes(Pay));
    }

    [Test]
    public void Should_wait_longer_for_an_answer()
    {
        var scenario = WithDeadline.When(Extended(TimeSpan.FromMinutes(5), Reserve));
        scenario.Progress.Find(Reserve)!.DueAt.ShouldBe(scenario.Now.AddMinutes(5));
        scenario.History.Single().Step.ShouldBe(Reserve);
    }

    [Test]
    public void Should_wait_longer_for_a_compensation() =>
        WithDeadline
            .Given(Done(Reserve), Rejected(Pay))
            .When(Extended(TimeSpan.FromMinutes(5), Reserve))
            .Then(Records(HistoryTypes.OperatorExtended));

    [Test]
    public void Should_be_refused_when_the_time_is_not_later() =>
        WithDeadline
            .When(Extended(TimeSpan.FromMinutes(1)))
            .Then(Refuses("not-later"))
            .When(Extended(TimeSpan.FromSeconds(30), Reserve))
            .Then(Refuses("not-later"));

    [Test]
    public void Should_not_be_taken_back_by_a_participant_that_is_still_at_work()
    {
        var scenario = WithDeadline.Given(Extended(TimeSpan.FromHours(3), Reserve));
        var due = scenario.Progress.Find(Reserve)!.DueAt;
        scenario.When(StillAtWork(Reserve));
        scenario.Progress.Find(Reserve)!.DueAt.ShouldBe(due);
    }

    [Test]
    public void Should_be_refused_when_the_time_is_beyond_reason() =>
        WithDeadline
            .When(Extended(TimeSpan.FromDays(40_000)))
            .Then(Refuses("too-far"))
            .When(Extended(TimeSpan.FromDays(40_000), Reserve))
            .Then(Refuses("too-far"));

    [Test]
    public void Should_be_refused_where_there_is_no_deadline() =>
        SagaScenario.Of(OrderPlan.Instance).When(Extended(TimeSpan.FromHours(3))).Then(Refuses("no-deadline"));

    [Test]
    public void Should_be_refused_where_the_saga_is_undone_already() =>
        WithDeadline.Given(Done(Reserve), Rejected(Pay)).When(Extended(TimeSpan.FromHours(3))).Then(Refuses("too-late"));

    [Test]
    public void Should_be_refused_where_the_step_waits_for_nothing() =>
        WithDeadline
            .Given(Done(Reserve))
            .When(Extended(TimeSpan.FromHours(3), Reserve))
            .Then(Refuses("not-waiting"))
            .When(Extended(TimeSpan.FromHours(3), Ship))
            .Then(Refuses("not-waiting"));

    [Test]
    public void Should_give_a_branch_no_more_time_when_another_has_failed() =>
        SagaScenario
            .Of(OrderPlan.Parallel())
            .Given(Done(Reserve), Rejected(Pay))
            .When(Extended(TimeSpan.FromHours(3), Ship))
            .Then(Refuses("settling"));

    [Test]
    public void Should_be_refused_for_a_step_that_the_plan_lacks() =>
        WithDeadline.When(Extended(TimeSpan.FromHours(3), "nothing")).Then(Refuses("unknown-step"));
}
