using SagaOrchestrator.Console.Api;
using SagaOrchestrator.Console.Words;

namespace SagaOrchestrator.Console.Pages;

/// <summary>The words of the page of one saga.</summary>
internal static class SagaTexts
{
    public static bool TakesData(ActionItem action) => action.NeedsResult || action.Action is "Signal" or "ResolveAsDone" or "Extend";

    // What is possible has buttons, each with its own sentence.
    public static IEnumerable<string> Sentences(SagaFacts seen) =>
        seen.Explained.Sentences.Where(sentence => !sentence.StartsWith("Possible now:", StringComparison.Ordinal));

    public static string Name(ActionItem action) =>
        Wording.Action(action.Action, action.Signal) + (action.Step is null ? "" : ": " + action.Step);

    public static string Undoing(SagaFacts seen, int place) =>
        seen.Status.ForwardError is null ? $"undone no. {place} if it failed now" : $"to be undone, no. {place}";

    public static string DataLabel(ActionItem action) =>
        action switch
        {
            { Action: "Extend" } => "Until when (like 2026-12-24T18:00:00Z)",
            { Action: "Signal" } => "Data (JSON, may be left out)",
            { NeedsResult: true } => "Result (JSON), needed by later steps",
            _ => "Result (JSON, may be left out)",
        };

    public static string Where(HistoryItem entry) =>
        entry.Step + (entry.Direction == "undo" ? ", undoing" : "") + (entry.Attempt > 1 ? $", attempt {entry.Attempt}" : "");

    public static string Attempts(int attempt, int? of) =>
        attempt == 0 ? "none"
        : of is null ? $"{attempt}"
        : $"{attempt} of {of}";

    public static string Took(DateTimeOffset? started, DateTimeOffset? ended) =>
        started is { } from ? Times.Long((ended ?? DateTimeOffset.UtcNow) - from) : "–";

    public static string Look(HistoryItem entry) =>
        entry.Cause.Kind == "Operator"
            ? "operator"
            : entry.Type.Split('_')[^1] switch
            {
                "failed" or "out" or "rejected" or "faulted" or "parked" => "bad",
                "completed" => "good",
                _ => "",
            };
}
