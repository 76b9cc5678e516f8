namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_timer_is_stale
{
    [Test]
    [Property("Rule", "S9")]
    public void Should_ignore_it_silently_after_the_reply()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance);
        var timer = Happenings.TimerOf(scenario, Reserve);
        scenario.Given(Done(Reserve));
        scenario.PassTimeUntil(timer.DueAt);
        scenario.When(TimerNamed(timer.Name)).Then(DecidesNothing, StepIs(Pay, StepState.Executing));
    }

    [Test]
    [Property("Rule", "S9")]
    public void Should_ignore_the_timer_of_an_earlier_attempt()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance).Given(TimerOf(Reserve), TimerOf(Reserve));
        scenario.PassTimeUntil(Happenings.TimerOf(scenario, Reserve).DueAt);
        scenario.When(TimerNamed("reserve_inventory/do/1/reply")).Then(DecidesNothing);
    }

    [Test]
    [Property("Rule", "S9")]
    public void Should_not_take_a_second_firing_of_the_backoff_for_a_timeout()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance).Given(TimerOf(Reserve));
        var backoff = Happenings.TimerOf(scenario, Reserve).Name;
        scenario.When(TimerOf(Reserve)).Then(Executes(Reserve, attempt: 2));
        scenario.PassTimeUntil(scenario.Now.AddHours(1));
        scenario.When(TimerNamed(backoff)).Then(DecidesNothing);
    }

    [Test]
    [Property("Rule", "S35")]
    public void Should_ignore_one_that_fires_before_it_is_due()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance);
        scenario.When(TimerNamed(Happenings.TimerOf(scenario, Reserve).Name)).Then(DecidesNothing);
    }
}
