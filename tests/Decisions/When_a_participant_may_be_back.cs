using SagaOrchestrator.Decisions.Absences;

namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_participant_may_be_back
{
    private static SagaScenario Waiting(AfterUnknown afterUnknown = AfterUnknown.Retry) =>
        SagaScenario
            .Of(
                new PlanDefinition(
                    "order",
                    1,
                    [Step(Reserve, "inventory", 1), Step(Pay, "payments", 2, attempts: 1) with { AfterUnknown = afterUnknown }]
                )
            )
            .Given(Done(Reserve))
            .Absent("payments")
            .Given(TimerOf(Pay));

    private static SagaScenario Probed(SagaScenario scenario) => scenario.Absent("payments", AbsenceKind.Probed);

    [TestCase(AfterUnknown.Retry)]
    [TestCase(AfterUnknown.Enquire)]
    [TestCase(AfterUnknown.Compensate)]
    [Property("Rule", "S38")]
    public void Should_send_the_command_again_and_count_it_for_nothing(AfterUnknown afterUnknown)
    {
        var scenario = Waiting(afterUnknown);
        for (var attempt = 2; attempt < 10; attempt++)
        {
            Probed(scenario).When(TimerOf(Pay)).Then(Executes(Pay, attempt), Records(HistoryTypes.StepRetried));
            scenario.Absent("payments").When(TimerOf(Pay)).Then(SendsNothing, StepIs(Pay, StepState.Executing));
        }

        scenario.When(Done(Pay)).Then(Is(SagaState.Completed));
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_leave_the_budget_as_it_was()
    {
        var scenario = SagaScenario.Of(OrderPlan.With(attempts: 2)).Given(Done(Reserve));
        Probed(scenario)
            .Given(TimerOf(Pay))
            .AllBack()
            .When(TimerOf(Pay))
            .Then(Records(HistoryTypes.StepTimedOut, HistoryTypes.RetryScheduled))
            .When(TimerOf(Pay))
            .Then(Executes(Pay, attempt: 3))
            .When(TimerOf(Pay))
            .Then(Compensates(Pay));
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_undo_again_and_count_it_for_nothing()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance).Given(Done(Reserve), Rejected(Pay)).Absent("inventory", AbsenceKind.Probed);
        for (var attempt = 2; attempt < 10; attempt++)
        {
            scenario.When(TimerOf(Reserve)).Then(Compensates(Reserve, attempt), Is(SagaState.Compensating));
        }
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_ask_again_and_count_it_for_nothing()
    {
        var scenario = Probed(SagaScenario.Of(OrderPlan.WithPivot(AfterUnknown.Enquire)).Given(Done(Reserve), TimerOf(Pay)));
        for (var enquiry = 2; enquiry < 10; enquiry++)
        {
            scenario.When(TimerOf(Pay)).Then(Enquires(Pay, enquiry), SendsNothing);
        }

        scenario.AllBack().When(TimerOf(Pay)).Then(Enquires(Pay, enquiry: 10)).When(TimerOf(Pay)).Then(Is(SagaState.Parked));
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_send_a_retry_that_waits() =>
        Probed(SagaScenario.Of(OrderPlan.Instance).Given(Done(Reserve), TimerOf(Pay))).When(TimerOf(Pay)).Then(Executes(Pay, attempt: 2));

    [Test]
    [Property("Rule", "S4")]
    [Property("Rule", "S38")]
    public void Should_send_no_step_of_a_saga_that_has_failed() =>
        Probed(SagaScenario.Of(OrderPlan.Parallel()).Given(Done(Reserve), Rejected(Ship)))
            .When(TimerOf(Pay))
            .Then(SendsNothing, StepIs(Pay, StepState.Executing));
}
