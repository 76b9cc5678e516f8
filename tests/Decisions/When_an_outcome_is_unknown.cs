namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_an_outcome_is_unknown
{
    [Test]
    [Property("Rule", "S6")]
    public void Should_try_again_after_a_backoff_when_it_faulted() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .When(Faulted(Reserve))
            .Then(SendsNothing, Records(HistoryTypes.StepFaulted, HistoryTypes.RetryScheduled))
            .When(TimerOf(Reserve))
            .Then(Executes(Reserve, attempt: 2), Records(HistoryTypes.StepRetried));

    [Test]
    [Property("Rule", "S6")]
    public void Should_try_again_after_a_backoff_when_it_timed_out() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .When(TimerOf(Reserve))
            .Then(SendsNothing, Records(HistoryTypes.StepTimedOut, HistoryTypes.RetryScheduled))
            .When(TimerOf(Reserve))
            .Then(Executes(Reserve, attempt: 2));

    [Test]
    [Property("Rule", "S6")]
    [Property("Rule", "S5")]
    public void Should_compensate_that_step_too_when_its_attempts_are_used_up() =>
        SagaScenario
            .Of(OrderPlan.With(attempts: 1))
            .Given(Done(Reserve))
            .When(TimerOf(Pay))
            .Then(StepIs(Pay, StepState.Compensating), Compensates(Pay))
            .When(Undone(Pay))
            .Then(Compensates(Reserve))
            .When(Undone(Reserve))
            .Then(Is(SagaState.Failed), HasUndone(Pay, Reserve));

    [Test]
    [Property("Rule", "S19")]
    public void Should_not_count_its_attempts_against_its_compensation()
    {
        var scenario = SagaScenario.Of(OrderPlan.With(attempts: 3, compensationAttempts: 2));
        scenario
            .Given(Faulted(Reserve), TimerOf(Reserve), Faulted(Reserve), TimerOf(Reserve))
            .When(Faulted(Reserve))
            .Then(Compensates(Reserve, attempt: 1))
            .When(NotUndone(Reserve))
            .Then(SendsNothing)
            .When(TimerOf(Reserve))
            .Then(Compensates(Reserve, attempt: 2));
    }

    [Test]
    [Property("Rule", "S10")]
    public void Should_accept_a_success_of_an_attempt_that_was_given_up() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(TimerOf(Reserve))
            .When(Done(Reserve, attempt: 1))
            .Then(Executes(Pay))
            .When(Done(Reserve, attempt: 2))
            .Then(SendsNothing, Records(HistoryTypes.ReplyIgnored));

    [Test]
    [Property("Rule", "S10")]
    public void Should_ignore_a_failure_of_an_attempt_that_was_given_up() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(TimerOf(Reserve), TimerOf(Reserve))
            .When(Faulted(Reserve, attempt: 1))
            .Then(SendsNothing, Records(HistoryTypes.ReplyIgnored), StepIs(Reserve, StepState.Executing));

    [Test]
    [Property("Rule", "S36")]
    public void Should_wait_longer_each_time_and_spread_the_waits()
    {
        var policy = new RetryPolicy(5, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));
        new[] { 1, 2, 3, 4 }.Select(attempt => policy.DelayAfter(attempt, jitter: 1).TotalSeconds).ShouldBe([2, 4, 8, 10]);
        policy.DelayAfter(1, jitter: 0).ShouldBe(TimeSpan.FromSeconds(1));
    }
}
