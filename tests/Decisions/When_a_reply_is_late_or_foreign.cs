using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;

namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_reply_is_late_or_foreign
{
    [Test]
    [Property("Rule", "S11")]
    public void Should_record_a_late_success_and_go_on_undoing() =>
        SagaScenario
            .Of(OrderPlan.With(attempts: 1))
            .Given(Done(Reserve), TimerOf(Pay))
            .When(Done(Pay))
            .Then(SendsNothing, Records(HistoryTypes.LateSuccess), StepIs(Pay, StepState.Compensating))
            .When(Undone(Pay))
            .Then(Compensates(Reserve));

    [Test]
    [Property("Rule", "S11")]
    public void Should_record_a_success_that_comes_after_the_saga_failed() =>
        SagaScenario
            .Of(OrderPlan.With(attempts: 1))
            .Given(TimerOf(Reserve), Undone(Reserve))
            .When(Done(Reserve))
            .Then(Records(HistoryTypes.LateSuccess), Is(SagaState.Failed), SendsNothing);

    [Test]
    [Property("Rule", "S10")]
    public void Should_refuse_a_foreign_command_id() =>
        SagaScenario.Of(OrderPlan.Instance).When(ReplyWithForeignId(Reserve)).Then(Refuses("forged"), StepIs(Reserve, StepState.Executing));

    [Test]
    [Property("Rule", "S37")]
    public void Should_refuse_an_id_that_follows_from_the_saga_without_its_key() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .When(scenario => new StepSucceeded(Reserve, SagaIds.OfCommand(scenario.Progress.SagaId, Reserve, Direction.Do), 1))
            .Then(Refuses("forged"), StepIs(Reserve, StepState.Executing));

    [Test]
    [Property("Rule", "S10")]
    public void Should_record_and_ignore_a_reply_for_a_step_that_was_not_started() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .When(Done(Ship))
            .Then(SendsNothing, Records(HistoryTypes.ReplyIgnored), StepIs(Ship, StepState.Planned));

    [Test]
    [Property("Rule", "S10")]
    public void Should_refuse_a_reply_for_a_step_that_the_plan_does_not_have() =>
        SagaScenario.Of(OrderPlan.Instance).When(_ => new StepSucceeded("make_coffee", Guid.NewGuid(), 1)).Then(Refuses("forged"));

    [Test]
    public void Should_record_and_ignore_a_duplicate() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(Done(Reserve))
            .When(Done(Reserve))
            .Then(SendsNothing, Records(HistoryTypes.ReplyIgnored), StepIs(Pay, StepState.Executing));

    [Test]
    [Property("Rule", "S37")]
    public void Should_refuse_a_reply_of_another_than_was_asked() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .When(scenario => (ReplyInput)Done(Reserve)(scenario) with { From = "shipping" })
            .Then(Refuses("forged"), StepIs(Reserve, StepState.Executing))
            .When(scenario => (ReplyInput)Done(Reserve)(scenario) with { From = "inventory" })
            .Then(Executes(Pay));
}
