using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Decisions.Rules;
using SagaOrchestrator.Engine.Breakers;

namespace SagaOrchestrator.Tests.Breakers;

[Property("Rule", "S38")]
public sealed class When_a_breaker_turns_within_a_turn
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly Absence Silent = new(AbsenceKind.Silent, Now, "It reads its queue, and no saga gets an answer.");

    private static readonly RetryPolicy Retry = new(3, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    private static readonly PlanDefinition Plan = new(
        "order",
        1,
        [new StepDefinition("pay", "payments", TimeSpan.FromSeconds(10)) { HasCompensation = true, Retry = Retry }]
    );

    [Test]
    public void Should_be_told_one_thing_of_a_participant()
    {
        var told = new TurnAbsences(Turning());
        told.Of("payments").ShouldBeNull();
        told.Of("payments").ShouldBeNull();
        told.Of("shipping").ShouldBe(Silent);
        told.Of("shipping").ShouldBe(Silent);
    }

    [Test]
    public void Should_decide_for_one_of_both()
    {
        var waiting = SagaProgress.New(SagaIds.OfSaga("order", "1"), commandKey: Guid.NewGuid(), Plan, Now) with
        {
            State = SagaState.Pending,
            BeginDueAt = null,
        };
        waiting = waiting with
        {
            Steps = [waiting.Steps[0] with { State = StepState.Executing, StartOrder = 1, Attempt = 2, Wait = Wait.Retry, DueAt = Now }],
        };
        var around = new DecisionContext(Now, Jitter: 0, (_, _) => true, AbsenceOf: new TurnAbsences(Turning()).Of);
        var decided = SagaDecider.Decide(Plan, waiting, new TimerFired(waiting.Steps[0].Timer!.Name), around);
        decided.Decisions.OfType<Record>().Select(record => record.Entry.Type).ShouldBe([HistoryTypes.StepRetried]);
        decided.Progress.Steps[0].Absence.ShouldBeNull();
    }

    // There when it is asked for first, and silent from then on.
    private static Func<string, Absence?> Turning()
    {
        var asked = 0;
        return _ => asked++ == 0 ? null : Silent;
    }
}
