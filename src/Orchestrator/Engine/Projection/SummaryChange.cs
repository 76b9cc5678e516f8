using System.Text.Json;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Projection;

/// <summary>How a summary changes. Counts and statistics follow from it.</summary>
/// <param name="Before">What is stored; null for a saga that is new.</param>
/// <param name="After">What is to be stored.</param>
/// <param name="Indexed">The values of indexed columns of a saga that is new.</param>
internal sealed record SummaryChange(
    SagaSummary? Before,
    SagaSummary After,
    IReadOnlyList<(BusinessColumn Column, JsonElement Value)> Indexed
)
{
    /// <summary>Up to where the saga's history is counted with this change.</summary>
    public CountedHistory Counted { get; init; } = CountedHistory.None;

    /// <summary>What participants answered in what is counted with this change.</summary>
    public IReadOnlyList<AnswerRow> Answers { get; init; } = [];

    /// <summary>Each time that the saga was parked in what is counted with this change.</summary>
    public IReadOnlyList<Parking> Parkings { get; init; } = [];

    /// <summary>Two changes that were taken one after another may both have led to the saga's newest version.</summary>
    public bool IsNews => Before is null || Before.Version < After.Version;

    /// <summary>By how much the number of sagas in a state changes.</summary>
    public static IEnumerable<((string Type, int PlanVersion, string State) Key, int Count)> Counts(IEnumerable<SummaryChange> changes) =>
        changes
            .SelectMany(change =>
                change.Before is { } before
                    ? before.State == change.After.State
                        ? []
                        : [(KeyOf(before), -1), (KeyOf(change.After), 1)]
                    : new[] { (Key: KeyOf(change.After), Count: 1) }
            )
            .GroupBy(count => count.Item1, count => count.Item2)
            .Select(group => (group.Key, Count: group.Sum()))
            .Where(count => count.Count != 0)
            .OrderBy(count => count.Key);

    /// <summary>By how much the number of timers of a type in an hour changes.</summary>
    public static IEnumerable<((DateTimeOffset Hour, string Type) Key, int Count)> Timers(IEnumerable<SummaryChange> changes) =>
        changes
            .SelectMany(change =>
                new[] { (At: change.Before?.DueAt, Count: -1), (At: change.After.DueAt, Count: 1) }
                    .Where(timer => timer.At is not null)
                    .Select(timer => (Key: (Hours.Of(timer.At!.Value), change.After.Type), timer.Count))
            )
            .GroupBy(timer => timer.Key, timer => timer.Count)
            .Select(group => (group.Key, Count: group.Sum()))
            .Where(timer => timer.Count != 0)
            .OrderBy(timer => timer.Key);

    /// <summary>Whether the saga is to be counted as accepted.</summary>
    public bool IsStart => Before is null;

    /// <summary>Whether the saga is to be counted as ended.</summary>
    public bool IsEnd => After.EndedAt is not null && Before?.EndedAt is null;

    private static (string Type, int PlanVersion, string State) KeyOf(SagaSummary summary) =>
        (summary.Type, summary.PlanVersion, summary.State);
}
