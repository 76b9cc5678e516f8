using System.Collections.Immutable;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Engine.Statistics;

/// <summary>
/// Counts what participants answered, from the history of one saga. Each entry is read once; when the rest comes later, the commands that
/// have no answer yet are handed on. So it comes to the same whether a history is read at once or piece by piece.
/// </summary>
/// <param name="plan">The saga's plan.</param>
/// <param name="unanswered">When each command without an answer was sent, by <see cref="KeyOf"/>.</param>
internal sealed class AnswerCounting(PlanDefinition plan, ImmutableDictionary<string, DateTimeOffset> unanswered)
{
    private readonly List<AnswerRow> rows = [];
    private ImmutableDictionary<string, DateTimeOffset> unanswered = unanswered;

    /// <summary>When each command without an answer was sent.</summary>
    public ImmutableDictionary<string, DateTimeOffset> Unanswered => unanswered;

    /// <summary>What was counted, one row for each answer.</summary>
    public IReadOnlyList<AnswerRow> Rows => rows;

    /// <summary>Reads one entry more.</summary>
    public void Read(HistoryEntry entry, DateTimeOffset at)
    {
        if (entry.Step is null || plan.Find(entry.Step) is not { Participant.Length: > 0 } step)
        {
            return;
        }

        var key = KeyOf(entry.Step, entry.Direction ?? Direction.Do);
        if (IsSent(entry.Type))
        {
            unanswered = unanswered.SetItem(key, at);
        }
        else if (OutcomeOf(entry.Type) is { } outcome)
        {
            var isAnswer = entry.Type is not (HistoryTypes.StepTimedOut or HistoryTypes.CompensationTimedOut);
            rows.Add(new AnswerRow(Hours.Of(at), plan.Type, step.Participant, outcome, isAnswer ? Bucket(key, at) : AnswerRow.NoTime, 1));
            unanswered = unanswered.Remove(key);
        }
    }

    /// <summary>Adds up rows that differ in nothing but their numbers.</summary>
    public static IReadOnlyList<AnswerRow> Sums(IEnumerable<AnswerRow> rows) =>
        [
            .. rows.GroupBy(row => row with { Answers = 0 })
                .Select(same => same.Key with { Answers = same.Sum(row => row.Answers) })
                .OrderBy(row => (row.Hour, row.Type, row.Participant, row.Outcome, row.Bucket)),
        ];

    private static string KeyOf(string step, Direction direction) => $"{step}/{(direction == Direction.Do ? "do" : "undo")}";

    private int Bucket(string key, DateTimeOffset at) =>
        unanswered.TryGetValue(key, out var sent) ? DurationBuckets.Of(at - sent) : AnswerRow.NoTime;

    private static bool IsSent(string type) =>
        type
            is HistoryTypes.StepStarted
                or HistoryTypes.StepRetried
                or HistoryTypes.StepEnquired
                or HistoryTypes.CompensationStarted
                or HistoryTypes.CompensationRetried;

    private static string? OutcomeOf(string type) =>
        type switch
        {
            HistoryTypes.StepCompleted or HistoryTypes.CompensationCompleted => AnswerOutcomes.Completed,
            HistoryTypes.StepRejected or HistoryTypes.StepNotDone => AnswerOutcomes.Rejected,
            HistoryTypes.StepFaulted or HistoryTypes.StepTimedOut or HistoryTypes.CompensationFailed or HistoryTypes.CompensationTimedOut =>
                AnswerOutcomes.Unknown,
            _ => null,
        };
}
