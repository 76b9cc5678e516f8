using System.Globalization;

namespace SagaOrchestrator.Cli.Rendering;

/// <summary>The API's words as people say them. One that is new there is shown with blanks.</summary>
internal static class Words
{
    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number with its noun: <c>1 saga</c>, <c>3 sagas</c>.</summary>
    public static string Count(long number, string noun) => $"{Number(number)} {noun}{(number == 1 ? string.Empty : "s")}";

    /// <summary><c>step_timed_out</c> and <c>StepTimedOut</c> are "step timed out".</summary>
    public static string Spaced(string? word) =>
        string.Concat(
            (word ?? string.Empty).Select(
                (letter, index) =>
                    letter is '_' or '-' ? " " : (char.IsUpper(letter) && index > 0 ? " " : string.Empty) + char.ToLowerInvariant(letter)
            )
        );

    public static string WaitsFor(string? wait) =>
        wait switch
        {
            "Reply" => "an answer",
            "Retry" => "its next attempt",
            "Enquiry" => "word whether it happened",
            "Signal" => "a signal",
            "Operator" => "an operator",
            "Resume" => "somebody to resume it",
            _ => Spaced(wait),
        };

    public static string Share(double? share) =>
        share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.#} %") : string.Empty;

    /// <summary>Parts with a blank between; those that are empty are left out.</summary>
    public static string Joined(string separator, params string?[] parts) =>
        string.Join(separator, parts.Where(part => !string.IsNullOrEmpty(part)));
}
