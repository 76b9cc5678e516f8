using System.Collections.Immutable;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Statistics;

namespace SagaOrchestrator.Tests.Statistics;

public sealed class When_answers_are_counted
{
    private static readonly DateTimeOffset Ten = new(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);
    private static readonly int TwoSeconds = DurationBuckets.Of(TimeSpan.FromSeconds(2));

    private static readonly PlanDefinition Plan = new(
        "order",
        1,
        [
            new StepDefinition("pay", "payments", TimeSpan.FromMinutes(1)) { HasCompensation = true },
            new StepDefinition("sign", string.Empty, TimeSpan.FromMinutes(1))
            {
                Kind = StepKind.NoEffect,
                Signal = "signed",
                Stage = 1,
            },
        ]
    );

    [TestCase(HistoryTypes.StepCompleted, AnswerOutcomes.Completed)]
    [TestCase(HistoryTypes.StepRejected, AnswerOutcomes.Rejected)]
    [TestCase(HistoryTypes.StepNotDone, AnswerOutcomes.Rejected)]
    [TestCase(HistoryTypes.StepFaulted, AnswerOutcomes.Unknown)]
    public void Should_tell_the_outcome_and_how_long_it_took(string type, string outcome) =>
        Counted((0, Entry(HistoryTypes.StepStarted)), (2, Entry(type)))
            .ShouldBe([new AnswerRow(Ten, "order", "payments", outcome, TwoSeconds, 1)]);

    [Test]
    public void Should_take_no_answer_for_unknown_and_for_no_time() =>
        Counted((0, Entry(HistoryTypes.StepStarted)), (60, Entry(HistoryTypes.StepTimedOut)))
            .ShouldBe([new AnswerRow(Ten, "order", "payments", AnswerOutcomes.Unknown, AnswerRow.NoTime, 1)]);

    [TestCase(HistoryTypes.StepRetried)]
    [TestCase(HistoryTypes.StepEnquired)]
    public void Should_measure_from_what_was_sent_last(string again) =>
        Counted(
                (0, Entry(HistoryTypes.StepStarted)),
                (60, Entry(HistoryTypes.StepTimedOut)),
                (70, Entry(again)),
                (72, Entry(HistoryTypes.StepCompleted))
            )
            .Select(row => (row.Outcome, row.Bucket))
            .ShouldBe([(AnswerOutcomes.Completed, TwoSeconds), (AnswerOutcomes.Unknown, AnswerRow.NoTime)], ignoreOrder: true);

    [Test]
    public void Should_count_compensations_apart_from_what_they_undo() =>
        Counted(
                (0, Entry(HistoryTypes.StepStarted)),
                (1, Entry(HistoryTypes.CompensationStarted, Direction.Undo)),
                (2, Entry(HistoryTypes.StepCompleted)),
                (3, Entry(HistoryTypes.CompensationCompleted, Direction.Undo))
            )
            .ShouldBe([new AnswerRow(Ten, "order", "payments", AnswerOutcomes.Completed, TwoSeconds, 2)]);

    [Test]
    public void Should_count_nothing_of_signals_and_of_what_is_no_answer() =>
        Counted(
                (0, new HistoryEntry(HistoryTypes.SignalAwaited, "sign", Direction.Do)),
                (1, new HistoryEntry(HistoryTypes.SignalReceived, "sign", Direction.Do)),
                (2, Entry(HistoryTypes.StepProgressed)),
                (3, Entry(HistoryTypes.ReplyIgnored)),
                (4, new HistoryEntry(HistoryTypes.SagaCompleted))
            )
            .ShouldBeEmpty();

    [Test]
    public void Should_come_to_the_same_piece_by_piece()
    {
        (int Second, HistoryEntry Entry)[] history =
        [
            (0, Entry(HistoryTypes.StepStarted)),
            (60, Entry(HistoryTypes.StepTimedOut)),
            (70, Entry(HistoryTypes.StepRetried)),
            (72, Entry(HistoryTypes.StepCompleted)),
            (3600, Entry(HistoryTypes.CompensationStarted, Direction.Undo)),
            (3601, Entry(HistoryTypes.CompensationFailed, Direction.Undo)),
            (3605, Entry(HistoryTypes.CompensationRetried, Direction.Undo)),
            (3607, Entry(HistoryTypes.CompensationCompleted, Direction.Undo)),
        ];
        for (var cut = 0; cut <= history.Length; cut++)
        {
            var first = Read(ImmutableDictionary<string, DateTimeOffset>.Empty, history[..cut]);
            var second = Read(first.Unanswered, history[cut..]);
            AnswerCounting.Sums([.. first.Rows, .. second.Rows]).ShouldBe(Counted(history));
        }
    }

    [Test]
    public void Should_say_shares_and_percentiles()
    {
        AnswerSum[] sums =
        [
            new("payments", AnswerOutcomes.Completed, DurationBuckets.Of(TimeSpan.FromSeconds(1)), 90),
            new("payments", AnswerOutcomes.Completed, DurationBuckets.Of(TimeSpan.FromSeconds(10)), 4),
            new("payments", AnswerOutcomes.Rejected, DurationBuckets.Of(TimeSpan.FromSeconds(10)), 2),
            new("payments", AnswerOutcomes.Unknown, AnswerRow.NoTime, 4),
            new("inventory", AnswerOutcomes.Unknown, AnswerRow.NoTime, 1),
        ];
        var (inventory, payments) = ParticipantAnswers.Of(sums) switch
        {
            [var first, var second] => (first, second),
            _ => throw new InvalidOperationException("There are two of them."),
        };
        (payments.Completed, payments.Rejected, payments.Unknown).ShouldBe((94, 2, 4));
        (payments.RejectedShare, payments.UnknownShare).ShouldBe((0.02, 0.04));
        payments.P50!.Value.ShouldBeInRange(0.95, 1.05);
        payments.P95!.Value.ShouldBeInRange(9.5, 10.5);
        (inventory.Participant, inventory.UnknownShare, inventory.P50).ShouldBe(("inventory", 1, null));
    }

    private static HistoryEntry Entry(string type, Direction direction = Direction.Do) => new(type, "pay", direction, 1);

    private static IReadOnlyList<AnswerRow> Counted(params (int Second, HistoryEntry Entry)[] history) =>
        AnswerCounting.Sums(Read(ImmutableDictionary<string, DateTimeOffset>.Empty, history).Rows);

    private static AnswerCounting Read(ImmutableDictionary<string, DateTimeOffset> unanswered, (int Second, HistoryEntry Entry)[] history)
    {
        var counting = new AnswerCounting(Plan, unanswered);
        foreach (var (second, entry) in history)
        {
            counting.Read(entry, Ten.AddSeconds(second));
        }

        return counting;
    }
}
