namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_the_auditor_makes_a_timer_due
{
    private static SagaScenario Reserving => SagaScenario.Of(OrderPlan.WithDeadline(attempts: 2));

    [Test]
    [Property("Rule", "S26")]
    public void Should_be_due_now_and_say_who_did_it()
    {
        var scenario = Reserving.When(Rearmed(Reserve));
        scenario.Then(Records(HistoryTypes.OperatorRearmed), SendsNothing);
        scenario.History.Single().By.ShouldBe("auditor");
        scenario.Progress.Find(Reserve)!.DueAt.ShouldBe(scenario.Now);
        scenario.Progress.NextTimer!.DueAt.ShouldBe(scenario.Now);
    }

    [Test]
    public void Should_be_followed_by_what_follows_a_timer() =>
        Reserving
            .Given(Rearmed(Reserve))
            .When(TimerNamed("reserve_inventory/do/1/reply"))
            .Then(Records(HistoryTypes.StepTimedOut, HistoryTypes.RetryScheduled));

    [Test]
    public void Should_be_refused_where_no_timer_is_waited_for() =>
        SagaScenario.Of(OrderPlan.Approved()).Given(Done(Reserve)).When(Rearmed(Approve)).Then(Refuses("not-waiting"));

    [Test]
    [Property("Rule", "S42")]
    public void Should_be_refused_while_the_saga_is_paused() => Reserving.Given(Paused).When(Rearmed(Reserve)).Then(Refuses("paused"));
}
