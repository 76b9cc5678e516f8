namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_participant_is_slow
{
    [Test]
    public void Should_give_the_step_its_time_again_with_each_heartbeat()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance);
        var due = Happenings.TimerOf(scenario, Reserve).DueAt;
        scenario.PassTimeUntil(due.AddSeconds(-1));
        scenario.When(StillAtWork(Reserve)).Then(Records(HistoryTypes.StepProgressed), SendsNothing);
        Happenings.TimerOf(scenario, Reserve).DueAt.ShouldBe(due.AddSeconds(29));
    }

    [Test]
    [Property("Rule", "S9")]
    public void Should_ignore_the_timer_that_a_heartbeat_put_off()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance);
        var timer = Happenings.TimerOf(scenario, Reserve);
        scenario.PassTimeUntil(timer.DueAt.AddSeconds(-1));
        scenario.Given(StillAtWork(Reserve)).PassTimeUntil(timer.DueAt);
        scenario.When(TimerNamed(timer.Name)).Then(DecidesNothing);
    }

    [Test]
    public void Should_do_the_same_for_a_compensation()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance).Given(Done(Reserve), Rejected(Pay));
        var due = Happenings.TimerOf(scenario, Reserve).DueAt;
        scenario.PassTimeUntil(due.AddSeconds(-1));
        scenario.When(StillAtWork(Reserve, Direction.Undo)).Then(Records(HistoryTypes.StepProgressed));
        Happenings.TimerOf(scenario, Reserve).DueAt.ShouldBeGreaterThan(due);
    }

    [Test]
    [Property("Rule", "S11")]
    public void Should_not_hold_up_a_compensation_with_heartbeats_of_the_step() =>
        SagaScenario
            .Of(OrderPlan.With(attempts: 1))
            .Given(TimerOf(Reserve))
            .When(StillAtWork(Reserve))
            .Then(Records(HistoryTypes.ReplyIgnored), StepIs(Reserve, StepState.Compensating));

    [Test]
    public void Should_keep_what_the_participant_said_last()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance).Given(StillAtWork(Reserve, note: "1 of 3"));
        scenario.When(StillAtWork(Reserve, note: "2 of 3"));
        scenario.History.ShouldHaveSingleItem().Reason.ShouldBe("2 of 3");
        scenario.When(StillAtWork(Reserve));
        scenario.Progress.Find(Reserve)!.Note.ShouldBe("2 of 3");
        scenario.When(Done(Reserve));
        scenario.Progress.Find(Reserve)!.Note.ShouldBe("2 of 3");
    }
}
