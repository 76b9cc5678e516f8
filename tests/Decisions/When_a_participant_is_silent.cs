using SagaOrchestrator.Decisions.Absences;

namespace SagaOrchestrator.Decisions.Tests;

/// <summary>It reads its queue and answers nothing, so that what was sent may be lost.</summary>
public sealed class When_a_participant_is_silent
{
    private static SagaScenario Paying(int attempts) => SagaScenario.Of(OrderPlan.With(attempts)).Given(Done(Reserve));

    [Test]
    [Property("Rule", "S38")]
    public void Should_spend_no_attempt_and_say_so_once() =>
        Paying(attempts: 1)
            .Absent("payments", AbsenceKind.Silent)
            .When(TimerOf(Pay))
            .Then(Records(HistoryTypes.ParticipantSilent), SendsNothing, StepIs(Pay, StepState.Executing), StepWaitsFor(Pay, Wait.Reply))
            .When(TimerOf(Pay), TimerOf(Pay), TimerOf(Pay))
            .Then(DecidesNothing, StepIs(Pay, StepState.Executing));

    [Test]
    [Property("Rule", "S38")]
    public void Should_send_again_what_may_be_lost_when_it_is_back_and_count_it_for_nothing() =>
        Paying(attempts: 1)
            .Absent("payments", AbsenceKind.Silent)
            .Given(TimerOf(Pay))
            .AllBack()
            .When(TimerOf(Pay))
            .Then(Executes(Pay, attempt: 2), Records(HistoryTypes.ParticipantBack, HistoryTypes.StepRetried))
            .When(TimerOf(Pay))
            .Then(Compensates(Pay), FailedWith(Failure.Timeout));

    [Test]
    [Property("Rule", "S38")]
    public void Should_send_again_what_was_sent_into_the_silence_and_is_looked_at_after_it() =>
        SagaScenario
            .Of(OrderPlan.With(attempts: 1))
            .Absent("payments", AbsenceKind.Silent)
            .When(Done(Reserve))
            .Then(Executes(Pay), Records(HistoryTypes.StepCompleted, HistoryTypes.StepStarted, HistoryTypes.ParticipantSilent))
            .AllBack()
            .When(TimerOf(Pay))
            .Then(Executes(Pay, attempt: 2), Records(HistoryTypes.ParticipantBack, HistoryTypes.StepRetried))
            .When(Done(Pay))
            .Then(Executes(Ship));

    [Test]
    [Property("Rule", "S38")]
    public void Should_have_all_attempts_left_after_two_were_lost_before_anybody_knew() =>
        Paying(attempts: 3)
            .Given(TimerOf(Pay), TimerOf(Pay))
            .Absent("payments", AbsenceKind.Silent)
            .When(TimerOf(Pay))
            .Then(SendsNothing)
            .AllBack()
            .When(TimerOf(Pay))
            .Then(Executes(Pay, attempt: 3))
            .When(Faulted(Pay), TimerOf(Pay))
            .Then(Executes(Pay, attempt: 4))
            .When(Faulted(Pay), TimerOf(Pay))
            .Then(Executes(Pay, attempt: 5))
            .When(Faulted(Pay))
            .Then(Compensates(Pay));

    [Test]
    [Property("Rule", "S38")]
    public void Should_count_what_was_answered_before_it_fell_silent() =>
        Paying(attempts: 3)
            .Given(Faulted(Pay), TimerOf(Pay), Faulted(Pay), TimerOf(Pay))
            .Absent("payments", AbsenceKind.Silent)
            .Given(TimerOf(Pay))
            .AllBack()
            .When(TimerOf(Pay))
            .Then(Executes(Pay, attempt: 4))
            .When(Faulted(Pay))
            .Then(Compensates(Pay));

    [Test]
    [Property("Rule", "S38")]
    public void Should_count_what_timed_out_before_the_last_answer() =>
        Paying(attempts: 3)
            .Given(TimerOf(Pay), TimerOf(Pay), Faulted(Pay), TimerOf(Pay))
            .Absent("payments", AbsenceKind.Silent)
            .Given(TimerOf(Pay))
            .AllBack()
            .When(TimerOf(Pay))
            .Then(Executes(Pay, attempt: 4))
            .When(TimerOf(Pay))
            .Then(Compensates(Pay));

    [Test]
    [Property("Rule", "S38")]
    public void Should_forgive_a_lost_attempt_once() =>
        Paying(attempts: 2)
            .Given(TimerOf(Pay), TimerOf(Pay))
            .Absent("payments", AbsenceKind.Silent)
            .Given(TimerOf(Pay), TimerOf(Pay))
            .AllBack()
            .When(TimerOf(Pay))
            .Then(Executes(Pay, attempt: 3))
            .When(TimerOf(Pay), TimerOf(Pay))
            .Then(Executes(Pay, attempt: 4))
            .When(TimerOf(Pay))
            .Then(Compensates(Pay));

    [Test]
    [Property("Rule", "S38")]
    public void Should_stay_silent_for_a_step_although_its_queue_loses_its_consumer() =>
        Paying(attempts: 1)
            .Absent("payments", AbsenceKind.Silent)
            .Given(TimerOf(Pay))
            .Absent("payments")
            .When(TimerOf(Pay))
            .Then(DecidesNothing)
            .AllBack()
            .When(TimerOf(Pay))
            .Then(Executes(Pay, attempt: 2));

    [Test]
    [Property("Rule", "S38")]
    public void Should_say_that_it_is_silent_after_it_was_away() =>
        Paying(attempts: 1)
            .Absent("payments")
            .Given(TimerOf(Pay))
            .Absent("payments", AbsenceKind.Silent)
            .When(TimerOf(Pay))
            .Then(Records(HistoryTypes.ParticipantSilent), SendsNothing)
            .AllBack()
            .When(TimerOf(Pay))
            .Then(Executes(Pay, attempt: 2));

    [Test]
    [Property("Rule", "S38")]
    public void Should_undo_again_what_may_be_lost() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(Done(Reserve), Rejected(Pay))
            .Absent("inventory", AbsenceKind.Silent)
            .When(TimerOf(Reserve))
            .Then(SendsNothing, Is(SagaState.Compensating))
            .AllBack()
            .When(TimerOf(Reserve))
            .Then(Compensates(Reserve, attempt: 2), Records(HistoryTypes.ParticipantBack, HistoryTypes.CompensationRetried));

    [Test]
    [Property("Rule", "S38")]
    public void Should_ask_again_what_it_may_never_have_been_asked() =>
        SagaScenario
            .Of(OrderPlan.WithPivot(AfterUnknown.Enquire))
            .Given(Done(Reserve), TimerOf(Pay))
            .Absent("payments", AbsenceKind.Silent)
            .When(TimerOf(Pay))
            .Then(SendsNothing, StepWaitsFor(Pay, Wait.Enquiry))
            .AllBack()
            .When(TimerOf(Pay))
            .Then(Enquires(Pay, enquiry: 2));

    [Test]
    [Property("Rule", "S4")]
    [Property("Rule", "S38")]
    public void Should_send_no_step_of_a_saga_that_has_failed() =>
        SagaScenario
            .Of(OrderPlan.Parallel())
            .Given(Done(Reserve))
            .Absent("payments", AbsenceKind.Silent)
            .Given(Rejected(Ship), TimerOf(Pay))
            .AllBack()
            .When(TimerOf(Pay))
            .Then(SendsNothing, StepIs(Pay, StepState.Executing));
}
