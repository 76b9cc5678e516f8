using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Inputs;

namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_saga_is_paused
{
    private static readonly TimeSpan Rest = TimeSpan.FromHours(8);

    private static SagaScenario Paying => SagaScenario.Of(OrderPlan.With(attempts: 2)).Given(Done(Reserve));

    [Test]
    public void Should_say_who_paused_it_since_when_and_why()
    {
        var scenario = Paying.When(Paused);
        scenario.Then(Records(HistoryTypes.OperatorPaused), SendsNothing, Is(SagaState.Pending), StepWaitsFor(Pay, Wait.Reply));
        scenario.Progress.Pause.ShouldBe(new Pause(scenario.Now, "alice", "The warehouse is being moved."));
        (scenario.History.Single().By, scenario.History.Single().Reason).ShouldBe(("alice", "The warehouse is being moved."));
    }

    [Test]
    public void Should_have_no_timer_armed() => Paying.When(Paused).Progress.NextTimer.ShouldBeNull();

    [Test]
    public void Should_let_no_timer_act() => Paying.Given(Paused).When(TimerOf(Pay)).Then(DecidesNothing, StepWaitsFor(Pay, Wait.Reply));

    [Test]
    [Property("Rule", "S42")]
    public void Should_take_an_answer_and_send_what_follows_only_when_it_is_resumed() =>
        Paying
            .Given(Paused)
            .When(Done(Pay))
            .Then(StepIs(Pay, StepState.Completed), StepIs(Ship, StepState.Executing), SendsNothing)
            .When(Resumed)
            .Then(Executes(Ship), Records(HistoryTypes.OperatorResumed, HistoryTypes.StepStarted));

    [Test]
    public void Should_register_the_compensation_of_what_it_holds_back() =>
        Paying
            .Given(Paused)
            .When(Done(Pay))
            .Decisions.OfType<RegisterCompensation>()
            .Select(registered => registered.Step)
            .ShouldBe([Ship]);

    [Test]
    public void Should_end_with_its_last_answer()
    {
        var scenario = Paying.Given(Done(Pay), Done(Ship), Paused).When(Done(Confirm));
        scenario.Then(Is(SagaState.Completed), Publishes(SagaState.Completed));
        scenario.Progress.Pause.ShouldBeNull();
    }

    [Test]
    public void Should_undo_only_when_it_is_resumed() =>
        Paying
            .Given(Paused)
            .When(Rejected(Pay))
            .Then(StepIs(Reserve, StepState.Compensating), SendsNothing, Is(SagaState.Compensating))
            .When(Resumed)
            .Then(Compensates(Reserve))
            .When(Undone(Reserve))
            .Then(Is(SagaState.Failed));

    [Test]
    public void Should_be_cancelled_and_undone_when_it_is_resumed() =>
        Paying
            .Given(Paused)
            .When(Cancelled)
            .Then(SendsNothing, FailedWith(Failure.Cancelled))
            .When(Done(Pay))
            .Then(SendsNothing)
            .When(Resumed)
            .Then(Compensates(Pay));

    [Test]
    public void Should_give_each_wait_the_time_that_it_had_left()
    {
        var scenario = Paying;
        scenario.PassTimeUntil(scenario.Now.AddSeconds(10));
        scenario.Given(Paused);
        scenario.PassTimeUntil(scenario.Now + Rest);
        scenario.When(Resumed).Then(SendsNothing);
        scenario.Progress.Find(Pay)!.DueAt.ShouldBe(scenario.Now.AddSeconds(20));
        scenario.When(TimerOf(Pay)).Then(Records(HistoryTypes.StepTimedOut, HistoryTypes.RetryScheduled));
    }

    [Test]
    public void Should_give_its_deadline_the_time_that_it_had_left()
    {
        var scenario = SagaScenario.Of(WithDeadline(attempts: 2));
        scenario.PassTimeUntil(scenario.Now.AddMinutes(20));
        scenario.Given(Paused);
        scenario.PassTimeUntil(scenario.Now + Rest);
        scenario.When(TimerNamed(SagaTimer.Deadline)).Then(DecidesNothing);
        scenario.When(Resumed);
        scenario.Progress.DeadlineAt.ShouldBe(scenario.Now.AddMinutes(40));
    }

    [Test]
    public void Should_wait_out_what_was_left_of_a_backoff()
    {
        var scenario = Paying.Given(Faulted(Pay), Paused);
        scenario.PassTimeUntil(scenario.Now + Rest);
        scenario.When(Resumed).Then(SendsNothing).When(TimerOf(Pay)).Then(Executes(Pay, attempt: 2));
    }

    [Test]
    public void Should_ask_only_when_it_is_resumed() =>
        SagaScenario
            .Of(OrderPlan.WithPivot(AfterUnknown.Enquire))
            .Given(Done(Reserve), Paused)
            .When(Faulted(Pay))
            .Then(DecidesNoEnquiry, StepWaitsFor(Pay, Wait.Enquiry))
            .When(Resumed)
            .Then(Enquires(Pay));

    [Test]
    public void Should_not_send_to_a_participant_to_which_sending_is_stopped_when_it_is_resumed() =>
        Paying
            .Given(Paused, Done(Pay))
            .Absent("shipping", AbsenceKind.Stopped)
            .When(Resumed)
            .Then(SendsNothing, StepWaitsFor(Ship, Wait.Retry))
            .AllBack()
            .When(TimerOf(Ship))
            .Then(Executes(Ship));

    [Test]
    public void Should_not_count_the_wait_for_a_signal()
    {
        var scenario = SagaScenario.Of(OrderPlan.Approved()).Given(Done(Reserve), Paused);
        scenario.PassTimeUntil(scenario.Now.AddDays(30));
        scenario.When(Resumed);
        scenario.Progress.Find(Approve)!.DueAt.ShouldBe(scenario.Now.AddDays(14));
    }

    [Test]
    public void Should_give_a_wait_that_begins_meanwhile_its_whole_time_and_no_more()
    {
        var scenario = SagaScenario.Of(OrderPlan.Approved()).Given(Paused);
        scenario.PassTimeUntil(scenario.Now.AddDays(20));
        scenario.Given(Done(Reserve));
        scenario.PassTimeUntil(scenario.Now.AddDays(10));
        scenario.When(Resumed);
        scenario.Progress.Find(Approve)!.DueAt.ShouldBe(scenario.Now.AddDays(14));
    }

    [Test]
    public void Should_try_again_after_the_backoff_when_it_is_resumed()
    {
        var scenario = Paying.Given(Paused);
        scenario.PassTimeUntil(scenario.Now + Rest);
        scenario.Given(Faulted(Pay));
        scenario.When(Resumed).Then(SendsNothing);
        scenario.Progress.Find(Pay)!.DueAt!.Value.ShouldBeInRange(scenario.Now.AddMilliseconds(1), scenario.Now.AddSeconds(1));
    }

    [Test]
    [Property("Rule", "S23")]
    public void Should_be_cancelled_although_its_pivot_is_next_as_nobody_was_sent_it() =>
        SagaScenario
            .Of(OrderPlan.WithPivot())
            .Given(Paused, Done(Reserve))
            .When(Cancelled)
            .Then(StepIs(Pay, StepState.Skipped), SendsNothing)
            .When(Resumed)
            .Then(Compensates(Reserve));

    [Test]
    public void Should_begin_only_when_it_is_resumed() =>
        SagaScenario
            .Accepted(OrderPlan.Instance)
            .Given(Paused)
            .When(_ => new Begin())
            .Then(SendsNothing, Is(SagaState.Pending))
            .When(Resumed)
            .Then(Executes(Reserve));

    [Test]
    public void Should_change_nothing_when_it_is_paused_again() => Paying.Given(Paused).When(Paused).Then(DecidesNothing);

    [Test]
    public void Should_refuse_to_resume_what_is_not_paused() => Paying.When(Resumed).Then(Refuses("not-paused"));

    [Test]
    public void Should_refuse_everything_else_that_an_operator_may_do() =>
        Paying
            .Given(Paused)
            .When(OperatorRetries(Pay))
            .Then(Refuses("paused"))
            .When(OperatorFindsDone(Pay))
            .Then(Refuses("paused"))
            .When(Extended(TimeSpan.FromHours(1), Pay))
            .Then(Refuses("paused"));

    [Test]
    public void Should_be_refused_when_the_saga_has_ended() =>
        SagaScenario.Of(OrderPlan.Instance).Given(Rejected(Reserve)).When(Paused).Then(Refuses("ended"));

    private static void DecidesNoEnquiry(SagaScenario scenario) => scenario.Decisions.OfType<SendEnquiry>().ShouldBeEmpty();
}
