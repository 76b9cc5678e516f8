using SagaOrchestrator.Chaos.Checks.Replay;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Decisions.Rules;

namespace SagaOrchestrator.Chaos.Tests;

/// <summary>The check that the storm's runs rely on must itself find what is wrong.</summary>
internal sealed class When_a_history_is_replayed
{
    private static readonly PlanDefinition Plan = ReplayCheck.Plans(TimeSpan.FromSeconds(30), attempts: 3)[1];
    private static readonly Guid Saga = Guid.NewGuid();
    private readonly List<HistoryTurn> turns = [];
    private DateTimeOffset now;
    private SagaProgress progress = null!;

    [SetUp]
    public void Begin()
    {
        turns.Clear();
        now = DateTimeOffset.UnixEpoch;
        progress = SagaProgress.New(Saga, commandKey: Guid.NewGuid(), Plan, now);
        turns.Add(new HistoryTurn(now, [new HistoryEntry(HistoryTypes.SagaStarted)]));
        Happens(new Begin());
        Happens(new StepSucceeded("reserve_inventory", Command("reserve_inventory", Direction.Do), 1));
        Happens(new StepFaulted("process_payment", Command("process_payment", Direction.Do), 1, "gateway_error", "It failed."));
        Happens(new TimerFired(progress.Find("process_payment")!.Timer!.Name));
        Happens(new StepSucceeded("process_payment", Command("process_payment", Direction.Do), 2));
        Happens(new StepSucceeded("process_payment", Command("process_payment", Direction.Do), 1));
        Happens(new StepRejected("create_shipment", Command("create_shipment", Direction.Do), 1, "over_capacity", "Too much."));
        Happens(new TimerFired(progress.Find("process_payment")!.Timer!.Name));
        Happens(new TimerFired(progress.Find("process_payment")!.Timer!.Name));
        Happens(new CompensationSucceeded("process_payment", Command("process_payment", Direction.Undo), 2));
        Happens(new CompensationSucceeded("reserve_inventory", Command("reserve_inventory", Direction.Undo), 1));
    }

    [Test]
    public void Should_agree_with_what_was_decided()
    {
        progress.State.ShouldBe(SagaState.Failed);
        HistoryReplay.Difference(Plan, progress, turns).ShouldBeNull();
    }

    [Test]
    public void Should_find_a_turn_that_is_missing() =>
        HistoryReplay.Difference(Plan, progress, [.. turns.Where((_, number) => number != 2)]).ShouldNotBeNull();

    [Test]
    public void Should_find_two_turns_in_the_wrong_order()
    {
        (turns[^1], turns[^2]) = (turns[^2], turns[^1]);
        HistoryReplay.Difference(Plan, progress, turns).ShouldNotBeNull();
    }

    [Test]
    public void Should_find_an_entry_that_does_not_follow()
    {
        turns[2] = turns[2] with { Entries = [turns[2].Entries[0]] };
        HistoryReplay.Difference(Plan, progress, turns).ShouldNotBeNull();
    }

    [Test]
    public void Should_find_a_state_that_does_not_follow() =>
        HistoryReplay.Difference(Plan, progress with { State = SagaState.Completed }, turns).ShouldNotBeNull();

    [Test]
    public void Should_agree_where_a_retry_was_a_probe_before_the_step_knew_of_the_outage()
    {
        OnlyBegins();
        FallsDue();
        // What timed out before is forgiven, so the next pause is shorter.
        FallsDue(AbsenceKind.Probed);
        FallsDue();
        FallsDue();

        turns[^1].Entries.ShouldHaveSingleItem().Type.ShouldBe(HistoryTypes.StepRetried);
        HistoryReplay.Difference(Plan, progress, turns).ShouldBeNull();
    }

    // Followed one by one, the ways in which forty retries may have come about would have no end.
    [Test]
    public void Should_find_a_wrong_end_after_many_retries_that_may_have_been_probes()
    {
        OnlyBegins();
        for (var retry = 0; retry < 40; retry++)
        {
            FallsDue(late: TimeSpan.FromHours(1));
            FallsDue(AbsenceKind.Probed, late: TimeSpan.FromHours(1));
        }

        HistoryReplay.Difference(Plan, progress, turns).ShouldBeNull();
        HistoryReplay.Difference(Plan, progress with { State = SagaState.Completed }, turns).ShouldNotBeNull();
    }

    private void OnlyBegins()
    {
        turns.RemoveRange(2, turns.Count - 2);
        (now, progress) = (turns[1].At, SagaProgress.New(Saga, progress.CommandKey, Plan, DateTimeOffset.UnixEpoch));
        progress = SagaDecider.Decide(Plan, progress, new Begin(), new DecisionContext(now, 0.7, (_, _) => true)).Progress;
    }

    private void FallsDue(AbsenceKind? absence = null, TimeSpan late = default)
    {
        var step = progress.Find("reserve_inventory")!;
        now = step.DueAt!.Value + late;
        Happens(
            new TimerFired(step.Timer!.Name),
            new DecisionContext(now, 0, (_, _) => true)
            {
                AbsenceOf = _ => absence is { } kind ? new Absence(kind, now, "It is silent.") : null,
            }
        );
    }

    private Guid Command(string step, Direction direction) => progress.CommandId(step, direction);

    private void Happens(SagaInput input)
    {
        now += TimeSpan.FromMinutes(1);
        Happens(input, new DecisionContext(now, 0.7, (_, _) => true));
    }

    private void Happens(SagaInput input, DecisionContext context)
    {
        var decided = SagaDecider.Decide(Plan, progress, input, context);
        progress = decided.Progress;
        turns.Add(new HistoryTurn(now, [.. decided.Decisions.OfType<Record>().Select(record => record.Entry)]));
    }
}
