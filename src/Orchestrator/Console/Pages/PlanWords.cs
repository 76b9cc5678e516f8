using System.Globalization;
using SagaOrchestrator.Console.Api;
using SagaOrchestrator.Console.Words;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What a plan says, in words.</summary>
internal static class PlanWords
{
    /// <summary>A time as the plan has it: <c>1 min 30 s</c>.</summary>
    public static string Span(double seconds)
    {
        var span = TimeSpan.FromSeconds(seconds);
        (double Number, string Unit)[] parts =
        [
            (span.Days, "d"),
            (span.Hours, "h"),
            (span.Minutes, "min"),
            (Math.Round(span.Seconds + (span.Milliseconds / 1000.0), 3), "s"),
        ];
        var told = parts
            .Where(part => part.Number > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Number} {part.Unit}"));
        return seconds <= 0 ? "none" : string.Join(' ', told);
    }

    public static string Retry(RetryBudget? budget) =>
        budget switch
        {
            null => "–",
            { Attempts: <= 1 } => "once",
            { FirstDelay: var first, MaximumDelay: var most } =>
                $"{budget.Attempts} times at most, {Span(first)}{(most > first ? " to " + Span(most) : string.Empty)} apart",
        };

    public static string AfterUnknown(string? after) =>
        after switch
        {
            "Retry" => "send it again",
            "Enquire" => "ask whether it happened",
            "Compensate" => "give it up and undo",
            null => "–",
            _ => Wording.Spaced(after),
        };

    public static string Standing(bool isNewest, bool isHere) =>
        (isNewest, isHere) switch
        {
            (true, _) => "newest",
            (false, true) => "former",
            _ => "not on this node",
        };

    public static string UnderWay(long sagas) =>
        sagas == 0 ? "No saga is under way on it." : Wording.Count(sagas, "saga is under way on it.", "sagas are under way on it.");
}
