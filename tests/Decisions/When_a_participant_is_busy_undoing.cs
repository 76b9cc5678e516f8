using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Rules;

namespace SagaOrchestrator.Decisions.Tests;

public sealed class When_a_participant_is_busy_undoing
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 13, 0, 0, TimeSpan.Zero);

    private readonly PlanDefinition plan = OrderPlan.Instance;

    [Test]
    [Property("Rule", "S36")]
    public void Should_let_the_compensation_wait_for_its_turn_without_counting_an_attempt()
    {
        var progress = SagaScenario.Of(plan).Given(Done(Reserve)).Progress;
        var rejected = new StepRejected(Pay, progress.CommandId(Pay, Direction.Do), 1, "no", "No.");
        var queued = SagaDecider.Decide(plan, progress, rejected, new DecisionContext(Now, 0.5, (_, _) => true, UndoLater: true));
        queued.Decisions.OfType<SendCommand>().ShouldBeEmpty();
        queued.Decisions.OfType<Record>().Select(record => record.Entry.Type).ShouldContain(HistoryTypes.CompensationQueued);
        var timer = queued.Progress.NextTimer!;
        timer.DueAt.ShouldBe(Now.AddSeconds(3));

        var still = SagaDecider.Decide(
            plan,
            queued.Progress,
            new TimerFired(timer.Name),
            new DecisionContext(timer.DueAt, 0, (_, _) => true, UndoLater: true)
        );
        still.Decisions.ShouldBeEmpty("it is in the history already");
        still.Progress.NextTimer!.DueAt.ShouldBe(timer.DueAt.AddSeconds(1));

        var sent = SagaDecider.Decide(
            plan,
            still.Progress,
            new TimerFired(timer.Name),
            new DecisionContext(timer.DueAt.AddSeconds(1), 0, (_, _) => true)
        );
        var command = sent.Decisions.OfType<SendCommand>().ShouldHaveSingleItem();
        (command.Step, command.Direction, command.Attempt).ShouldBe((Reserve, Direction.Undo, 1));
        sent.Decisions.OfType<Record>().Single().Entry.Type.ShouldBe(HistoryTypes.CompensationStarted);
    }
}
