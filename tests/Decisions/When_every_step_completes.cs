using SagaOrchestrator.Decisions.Rules;

namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_every_step_completes
{
    [Test]
    public void Should_execute_one_step_after_another_and_complete()
    {
        SagaScenario
            .Of(OrderPlan.Instance)
            .Then(Executes(Reserve), Is(SagaState.Pending))
            .When(Done(Reserve))
            .Then(Executes(Pay))
            .When(Done(Pay))
            .Then(Executes(Ship))
            .When(Done(Ship))
            .Then(Executes(Confirm))
            .When(Done(Confirm))
            .Then(
                SendsNothing,
                Is(SagaState.Completed),
                Publishes(SagaState.Completed),
                Records(HistoryTypes.StepCompleted, HistoryTypes.SagaCompleted)
            );
    }

    [Test]
    [Property("Rule", "S26")]
    public void Should_arm_a_timer_for_every_wait_and_none_at_the_end()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance);
        scenario.Progress.NextTimer!.Name.ShouldBe("reserve_inventory/do/1/reply");
        scenario.Progress.NextTimer.DueAt.ShouldBe(scenario.Now.AddSeconds(30));

        scenario.When(Done(Reserve), Done(Pay), Done(Ship), Done(Confirm));
        scenario.Progress.NextTimer.ShouldBeNull();
    }

    [Test]
    [Property("Rule", "S2")]
    public void Should_keep_each_result() =>
        SagaScenario.Of(OrderPlan.Instance).When(Done(Reserve)).Decisions.ShouldContain(new KeepResult(Reserve));

    [Test]
    [Property("Rule", "S26")]
    public void Should_begin_by_a_timer_when_the_message_that_begins_it_is_lost()
    {
        var accepted = SagaProgress.New(Guid.NewGuid(), Guid.NewGuid(), OrderPlan.Instance, DateTimeOffset.UnixEpoch);
        var timer = accepted.NextTimer!;
        var early = SagaDecider.Decide(OrderPlan.Instance, accepted, new Inputs.TimerFired(timer.Name), At(timer.DueAt.AddSeconds(-1)));
        early.Decisions.ShouldBeEmpty();
        var begun = SagaDecider.Decide(OrderPlan.Instance, accepted, new Inputs.TimerFired(timer.Name), At(timer.DueAt));
        begun.Progress.State.ShouldBe(SagaState.Pending);
        SagaDecider
            .Decide(OrderPlan.Instance, begun.Progress, new Inputs.TimerFired(timer.Name), At(timer.DueAt.AddHours(1)))
            .Decisions.ShouldBeEmpty();
    }

    [Test]
    public void Should_begin_only_once()
    {
        var progress = SagaScenario.Of(OrderPlan.Instance).Progress;
        SagaDecider.Decide(OrderPlan.Instance, progress, new Inputs.Begin(), At(default)).Decisions.ShouldBeEmpty();
    }

    private static DecisionContext At(DateTimeOffset now) => new(now, Jitter: 0, (_, _) => true);
}
