using SagaOrchestrator.Decisions.Absences;

namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_sending_is_stopped
{
    private static SagaScenario Held => SagaScenario.Of(OrderPlan.Instance).Absent("payments", AbsenceKind.Stopped).When(Done(Reserve));

    [Test]
    [Property("Rule", "S38")]
    public void Should_not_send_a_step_and_register_its_compensation_all_the_same()
    {
        Held.Then(
            SendsNothing,
            StepIs(Pay, StepState.Executing),
            StepWaitsFor(Pay, Wait.Retry),
            Records(HistoryTypes.StepCompleted, HistoryTypes.SendingStopped)
        );
        Held.Decisions.OfType<RegisterCompensation>().Single().Step.ShouldBe(Pay);
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_say_so_once_and_send_it_as_the_first_attempt_when_sending_goes_on() =>
        Held.When(TimerOf(Pay))
            .Then(DecidesNothing)
            .When(TimerOf(Pay))
            .Then(DecidesNothing)
            .AllBack()
            .When(TimerOf(Pay))
            .Then(Executes(Pay), Records(HistoryTypes.ParticipantBack, HistoryTypes.StepStarted));

    [Test]
    [Property("Rule", "S38")]
    public void Should_send_it_all_the_same_when_an_operator_wants_that_of_one_saga() =>
        Held.When(OperatorRetries(Pay)).Then(Executes(Pay));

    [Test]
    [Property("Rule", "S38")]
    public void Should_send_no_retry() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(Done(Reserve), TimerOf(Pay))
            .Absent("payments", AbsenceKind.Stopped)
            .When(TimerOf(Pay))
            .Then(SendsNothing, Records(HistoryTypes.SendingStopped))
            .AllBack()
            .When(TimerOf(Pay))
            .Then(Executes(Pay, attempt: 2));

    [Test]
    [Property("Rule", "S38")]
    public void Should_spend_no_attempt_of_what_was_sent_before() =>
        SagaScenario
            .Of(OrderPlan.With(attempts: 1))
            .Given(Done(Reserve))
            .Absent("payments", AbsenceKind.Stopped)
            .When(TimerOf(Pay), TimerOf(Pay), TimerOf(Pay))
            .Then(SendsNothing, StepWaitsFor(Pay, Wait.Reply))
            .When(Done(Pay))
            .Then(Executes(Ship));

    [Test]
    [Property("Rule", "S38")]
    public void Should_not_undo_there_until_sending_goes_on() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(Done(Reserve))
            .Absent("inventory", AbsenceKind.Stopped)
            .When(Rejected(Pay))
            .Then(SendsNothing, Is(SagaState.Compensating), StepWaitsFor(Reserve, Wait.Retry))
            .When(TimerOf(Reserve))
            .Then(DecidesNothing)
            .AllBack()
            .When(TimerOf(Reserve))
            .Then(Compensates(Reserve), Records(HistoryTypes.ParticipantBack, HistoryTypes.CompensationStarted));

    [Test]
    [Property("Rule", "S38")]
    public void Should_ask_nothing_until_sending_goes_on() =>
        SagaScenario
            .Of(OrderPlan.WithPivot(AfterUnknown.Enquire))
            .Given(Done(Reserve))
            .Absent("payments", AbsenceKind.Stopped)
            .When(Faulted(Pay))
            .Then(StepWaitsFor(Pay, Wait.Enquiry), Records(HistoryTypes.StepFaulted, HistoryTypes.SendingStopped))
            .When(TimerOf(Pay))
            .Then(DecidesNothing)
            .AllBack()
            .When(TimerOf(Pay))
            .Then(Enquires(Pay));

    [Test]
    [Property("Rule", "S38")]
    public void Should_undo_what_was_never_sent_when_the_saga_is_given_up_and_so_fence_it() =>
        Held.When(Cancelled).Then(SendsNothing, StepIs(Pay, StepState.Compensating)).AllBack().When(TimerOf(Pay)).Then(Compensates(Pay));

    [Test]
    [Property("Rule", "S38")]
    public void Should_say_so_when_a_participant_that_is_away_is_stopped_too() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(Done(Reserve))
            .Absent("payments")
            .Given(TimerOf(Pay))
            .Absent("payments", AbsenceKind.Stopped)
            .When(TimerOf(Pay))
            .Then(Records(HistoryTypes.SendingStopped));
}
