using SagaOrchestrator.Decisions.Transitions;
using SagaOrchestrator.Explanations.Timelines;

namespace SagaOrchestrator.Explanations.Tests;

public sealed class When_a_history_has_causes
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whatever input the decider recorded something of, in every state of its walk, is found again in what it recorded.</summary>
    [Test]
    public void Should_find_what_the_decider_was_given()
    {
        var found = new HashSet<CauseKind>();
        foreach (var visit in Told.Visits)
        {
            string[] before =
            [
                HistoryTypes.SagaStarted,
                .. visit.Before.State == SagaState.Started ? Array.Empty<string>() : [HistoryTypes.StepStarted],
            ];
            var history = Turns([.. before.Select(type => new HistoryEntry(type))])
                .Concat(
                    visit
                        .Decided.Decisions.OfType<Record>()
                        .Select((record, index) => new PastEvent(index + 10, At, Guid.AllBitsSet, record.Entry))
                )
                .ToArray();
            foreach (var entry in Timeline.Of(visit.Plan, history).Skip(before.Length))
            {
                var expected = Expected(visit.Input);
                if (entry.Cause.Kind != expected)
                {
                    entry.Cause.Kind.ShouldBe(expected, $"{visit.Input} in {visit.Situation}: {entry.Event.Entry.Type}");
                }

                found.Add(expected);
            }
        }

        found.ShouldBe([CauseKind.Begin, CauseKind.Reply, CauseKind.Timer, CauseKind.Operator, CauseKind.Signal], ignoreOrder: true);
    }

    [Test]
    public void Should_name_the_participant_the_operator_and_the_signal()
    {
        var timeline = Timeline.Of(
            Approved(),
            Turns(
                new HistoryEntry(HistoryTypes.SagaStarted),
                new HistoryEntry(HistoryTypes.StepCompleted, Reserve),
                new HistoryEntry(HistoryTypes.SignalReceived, Approve),
                new HistoryEntry(HistoryTypes.OperatorCancelled, By: "alice")
            )
        );
        timeline
            .Select(entry => (entry.Cause.Kind, entry.Cause.By))
            .ShouldBe([
                (CauseKind.Start, null),
                (CauseKind.Reply, "inventory"),
                (CauseKind.Signal, "approval"),
                (CauseKind.Operator, "alice"),
            ]);
    }

    [Test]
    public void Should_give_all_entries_of_a_turn_the_same_cause()
    {
        var message = Guid.NewGuid();
        PastEvent[] turn =
        [
            new(2, At, message, new HistoryEntry(HistoryTypes.StepRejected, Pay)),
            new(3, At, message, new HistoryEntry(HistoryTypes.CompensationBegan, Pay)),
            new(4, At, message, new HistoryEntry(HistoryTypes.CompensationStarted, Reserve)),
        ];
        Timeline
            .Of(Instance, turn)
            .Select(entry => entry.Cause)
            .ShouldAllBe(cause => cause == new Cause(CauseKind.Reply, "payments", message));
    }

    private static PastEvent[] Turns(params HistoryEntry[] entries) =>
        [.. entries.Select((entry, index) => new PastEvent(index + 1, At.AddSeconds(index), Guid.NewGuid(), entry))];

    private static CauseKind Expected(SagaInput input) =>
        input switch
        {
            Begin => CauseKind.Begin,
            TimerFired { Timer: SagaTimer.Begin } => CauseKind.Begin,
            TimerFired => CauseKind.Timer,
            ReplyInput => CauseKind.Reply,
            SignalReceived => CauseKind.Signal,
            _ => CauseKind.Operator,
        };
}
