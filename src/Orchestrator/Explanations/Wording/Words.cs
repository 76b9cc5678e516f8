using System.Globalization;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;

namespace SagaOrchestrator.Explanations.Wording;

/// <summary>Times, counts and lists in words.</summary>
internal static class Words
{
    /// <summary>A stretch of time, in its largest unit and the next where that is not none: <c>14 d 3 h</c>, <c>14 d</c>.</summary>
    public static string Of(TimeSpan span) =>
        span < TimeSpan.FromSeconds(1)
            ? "less than 1 s"
            : string.Join(
                ' ',
                Units(span)
                    .SkipWhile(unit => unit.Count == 0)
                    .Take(2)
                    .Where(unit => unit.Count > 0)
                    .Select(unit => string.Create(CultureInfo.InvariantCulture, $"{unit.Count} {unit.Name}"))
            );

    public static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary><c>in 12 s</c>, or <c>now</c>.</summary>
    public static string In(DateTimeOffset due, DateTimeOffset now) => due - now >= TimeSpan.FromSeconds(1) ? "in " + Of(due - now) : "now";

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary><c>1 message</c>, <c>2 messages</c>.</summary>
    public static string Count(long count, string what) =>
        count switch
        {
            0 => $"no {what}s",
            1 => $"1 {what}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{count} {what}s"),
        };

    public static string List(IEnumerable<string> items, string last = "and") =>
        items.ToArray() switch
        {
            [] => string.Empty,
            [var one] => one,
            [.. var others, var end] => $"{string.Join(", ", others)} {last} {end}",
        };

    /// <summary><c>attempt 2 of 5</c>.</summary>
    public static string Attempt(int attempt, int? of, string what = "attempt") =>
        of is { } all ? $"{what} {Number(attempt)} of {Number(all)}" : $"{what} {Number(attempt)}";

    public static string Because(Failure failure) =>
        string.IsNullOrWhiteSpace(failure.Reason) ? failure.Code : $"{failure.Code} ({failure.Reason.Trim().TrimEnd('.')})";

    /// <summary>The step, and what went wrong there.</summary>
    public static string AtStep(Failure failure) => failure.Step.Length == 0 ? Because(failure) : $"{failure.Step}: {Because(failure)}";

    public static string Away(string participant, Absence absence) =>
        absence.Kind switch
        {
            AbsenceKind.Stopped => $"sending to {participant} is stopped",
            AbsenceKind.Silent => $"{participant} reads its queue and answers nothing",
            AbsenceKind.Probed => $"{participant} was away and may be back",
            _ => $"{participant} is away",
        };

    /// <summary>A sentence of a phrase.</summary>
    public static string Sentence(string phrase)
    {
        var text = phrase.Trim();
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..] + (text[^1] is '.' or '?' or '!' ? string.Empty : ".");
    }

    private static IEnumerable<(long Count, string Name)> Units(TimeSpan span) =>
        [(span.Days, "d"), (span.Hours, "h"), (span.Minutes, "min"), (span.Seconds, "s")];
}
