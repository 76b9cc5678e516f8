namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_step_is_conditional
{
    private static readonly PlanDefinition Plan = new(
        "order",
        1,
        [Step(Reserve, "inventory", 1), Step(Pay, "payments", 2) with { Conditional = true }, Step(Ship, "shipping", 3)]
    );

    [Test]
    public void Should_run_it_when_the_condition_holds() => SagaScenario.Of(Plan, _ => true).When(Done(Reserve)).Then(Executes(Pay));

    [Test]
    public void Should_leave_it_out_when_it_does_not_and_say_so() =>
        SagaScenario
            .Of(Plan, _ => false)
            .When(Done(Reserve))
            .Then(
                Executes(Ship),
                StepIs(Pay, StepState.Skipped),
                Records(HistoryTypes.StepCompleted, HistoryTypes.StepSkipped, HistoryTypes.StepStarted)
            )
            .When(Done(Ship))
            .Then(Is(SagaState.Completed));

    [Test]
    public void Should_not_compensate_what_was_left_out() =>
        SagaScenario
            .Of(Plan, _ => false)
            .Given(Done(Reserve), Rejected(Ship))
            .When(Undone(Reserve))
            .Then(Is(SagaState.Failed), HasUndone(Reserve));

    [Test]
    public void Should_ask_only_when_its_turn_has_come()
    {
        var asked = new List<string>();
        bool Ask(string step)
        {
            asked.Add(step);
            return true;
        }

        var scenario = SagaScenario.Of(Plan, Ask);
        asked.ShouldBeEmpty();
        scenario.When(Done(Reserve));
        asked.ShouldBe([Pay]);
    }

    [Test]
    public void Should_complete_a_saga_of_which_nothing_applies() =>
        SagaScenario
            .Of(new PlanDefinition("order", 1, [Step(Reserve, "inventory", 1) with { Conditional = true }]), _ => false)
            .Then(Is(SagaState.Completed), Publishes(SagaState.Completed));
}
