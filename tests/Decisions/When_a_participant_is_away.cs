using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Rules;

namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_participant_is_away
{
    private static SagaScenario Paying => SagaScenario.Of(OrderPlan.With(attempts: 1)).Given(Done(Reserve));

    private static SagaScenario Away => Paying.Absent("payments").When(TimerOf(Pay));

    [Test]
    [Property("Rule", "S38")]
    public void Should_spend_no_attempt_and_give_nothing_up()
    {
        var scenario = Away;
        scenario.Then(
            Records(HistoryTypes.ParticipantAway),
            SendsNothing,
            Is(SagaState.Pending),
            StepIs(Pay, StepState.Executing),
            StepWaitsFor(Pay, Wait.Reply)
        );
        var entry = scenario.History.Single();
        (entry.Step, entry.Attempt, entry.Reason).ShouldBe((Pay, 1, "Its queue has no consumer."));
        entry.DueAt.ShouldBe(scenario.Now.AddSeconds(30), "the timer is armed anew");
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_say_so_once_however_long_it_takes()
    {
        var scenario = Away;
        for (var time = 0; time < 20; time++)
        {
            scenario.When(TimerOf(Pay)).Then(DecidesNothing, StepIs(Pay, StepState.Executing));
            scenario.Progress.Find(Pay)!.DueAt.ShouldBe(scenario.Now.AddSeconds(30));
        }
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_take_an_answer_that_comes() => Away.When(Done(Pay)).Then(Executes(Ship), StepIs(Pay, StepState.Completed));

    [Test]
    [Property("Rule", "S38")]
    public void Should_give_the_step_its_whole_time_again_when_the_participant_is_back()
    {
        var scenario = Away.AllBack();
        scenario.When(TimerOf(Pay)).Then(Records(HistoryTypes.ParticipantBack), SendsNothing, StepWaitsFor(Pay, Wait.Reply));
        scenario.Progress.Find(Pay)!.DueAt.ShouldBe(scenario.Now.AddSeconds(30));
        scenario.When(TimerOf(Pay)).Then(Compensates(Pay), FailedWith(Failure.Timeout));
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_still_send_what_is_sent_for_the_first_time() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Absent("payments")
            .When(Done(Reserve))
            .Then(Executes(Pay), Records(HistoryTypes.StepCompleted, HistoryTypes.StepStarted, HistoryTypes.ParticipantAway));

    [Test]
    [Property("Rule", "S38")]
    public void Should_give_what_was_sent_meanwhile_its_whole_time_when_the_participant_is_back() =>
        SagaScenario
            .Of(OrderPlan.With(attempts: 1))
            .Absent("payments")
            .Given(Done(Reserve))
            .AllBack()
            .When(TimerOf(Pay))
            .Then(SendsNothing, Records(HistoryTypes.ParticipantBack), StepWaitsFor(Pay, Wait.Reply))
            .When(TimerOf(Pay))
            .Then(Compensates(Pay), FailedWith(Failure.Timeout));

    [Test]
    [Property("Rule", "S38")]
    public void Should_not_count_the_attempt_that_timed_out_before_anybody_knew() =>
        SagaScenario
            .Of(OrderPlan.With(attempts: 2))
            .Given(Done(Reserve), TimerOf(Pay))
            .Absent("payments")
            .When(TimerOf(Pay))
            .AllBack()
            .When(TimerOf(Pay))
            .Then(Executes(Pay, attempt: 2))
            .When(TimerOf(Pay))
            .Then(SendsNothing, StepWaitsFor(Pay, Wait.Retry))
            .When(TimerOf(Pay))
            .Then(Executes(Pay, attempt: 3))
            .When(TimerOf(Pay))
            .Then(Compensates(Pay), FailedWith(Failure.Timeout));

    [Test]
    [Property("Rule", "S38")]
    public void Should_not_send_a_retry_until_it_is_back() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(Done(Reserve), TimerOf(Pay))
            .Absent("payments")
            .When(TimerOf(Pay))
            .Then(SendsNothing, Records(HistoryTypes.ParticipantAway), StepWaitsFor(Pay, Wait.Retry))
            .When(TimerOf(Pay))
            .Then(DecidesNothing)
            .AllBack()
            .When(TimerOf(Pay))
            .Then(Executes(Pay, attempt: 2), Records(HistoryTypes.ParticipantBack, HistoryTypes.StepRetried));

    [Test]
    [Property("Rule", "S38")]
    public void Should_not_count_a_compensation_as_failed() =>
        SagaScenario
            .Of(OrderPlan.Instance)
            .Given(Done(Reserve), Rejected(Pay))
            .Absent("inventory")
            .When(TimerOf(Reserve))
            .Then(Records(HistoryTypes.ParticipantAway), Is(SagaState.Compensating), StepWaitsFor(Reserve, Wait.Reply))
            .When(TimerOf(Reserve), TimerOf(Reserve), TimerOf(Reserve))
            .Then(DecidesNothing, Is(SagaState.Compensating))
            .When(Undone(Reserve))
            .Then(Is(SagaState.Failed));

    [Test]
    [Property("Rule", "S38")]
    public void Should_let_an_enquiry_wait() =>
        SagaScenario
            .Of(OrderPlan.WithPivot(AfterUnknown.Enquire))
            .Given(Done(Reserve), TimerOf(Pay))
            .Absent("payments")
            .When(TimerOf(Pay), TimerOf(Pay), TimerOf(Pay))
            .Then(DecidesNothing, StepWaitsFor(Pay, Wait.Enquiry), Is(SagaState.Pending))
            .When(Done(Pay))
            .Then(Executes(Ship));

    [Test]
    [Property("Rule", "S38")]
    public void Should_still_count_the_sagas_own_deadline()
    {
        var plan = new PlanDefinition("order", 1, OrderPlan.Instance.Steps, TimeSpan.FromMinutes(10));
        SagaScenario
            .Of(plan)
            .Given(Done(Reserve))
            .Absent("payments")
            .Given(TimerOf(Pay))
            .When(DeadlinePasses)
            .Then(FailedWith(Failure.Deadline), StepIs(Pay, StepState.Executing), SendsNothing)
            .When(TimerOf(Pay))
            .Then(DecidesNothing, StepIs(Pay, StepState.Executing))
            .AllBack()
            .When(TimerOf(Pay), TimerOf(Pay))
            .Then(Compensates(Pay));
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_let_a_failing_saga_wait_for_the_branch_that_runs_there() =>
        SagaScenario
            .Of(OrderPlan.Parallel())
            .Given(Done(Reserve))
            .Absent("payments")
            .Given(Rejected(Ship))
            .When(TimerOf(Pay))
            .Then(SendsNothing, StepIs(Pay, StepState.Executing))
            .When(Done(Pay))
            .Then(Compensates(Pay));

    [Test]
    [Property("Rule", "S38")]
    public void Should_look_more_seldom_the_longer_it_takes_and_not_all_steps_at_once()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance).Given(Done(Reserve), TimerOf(Pay)).Absent("payments");
        var waits = new List<TimeSpan>();
        for (var time = 0; time < 40; time++)
        {
            scenario.When(TimerOf(Pay));
            waits.Add(scenario.Progress.Find(Pay)!.DueAt!.Value - scenario.Now);
        }

        waits[0].ShouldBe(TimeSpan.FromSeconds(1));
        waits.ShouldBeInOrder();
        waits[^1].ShouldBe(TimeSpan.FromSeconds(30));
        var progress = scenario.Progress;
        var timer = new Inputs.TimerFired(progress.NextTimer!.Name);
        var jittered = SagaDecider.Decide(
            scenario.Plan,
            progress,
            timer,
            new DecisionContext(
                progress.NextTimer.DueAt,
                0.5,
                (_, _) => true,
                AbsenceOf: _ => new Absence(AbsenceKind.Away, scenario.Now.AddHours(-1), "why")
            )
        );
        (jittered.Progress.NextTimer!.DueAt - progress.NextTimer.DueAt).ShouldBe(TimeSpan.FromSeconds(45));
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_not_look_for_a_compensation_that_waits_for_its_turn_more_often_than_for_others()
    {
        var scenario = SagaScenario.Of(OrderPlan.Instance).Given(Done(Reserve));
        var rejected = Rejected(Pay)(scenario);
        var away = new Absence(AbsenceKind.Away, scenario.Now.AddHours(-1), "why");
        var queued = SagaDecider.Decide(
            scenario.Plan,
            scenario.Progress,
            rejected,
            new DecisionContext(scenario.Now, 0, (_, _) => true, UndoLater: true, AbsenceOf: _ => away)
        );
        (queued.Progress.NextTimer!.DueAt - scenario.Now).ShouldBe(TimeSpan.FromSeconds(30));
    }
}
