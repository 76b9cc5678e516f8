using System.Globalization;

namespace SagaOrchestrator.Console.Words;

/// <summary>The API's words as people say them, and the colour that goes with each. One that is new there is shown with spaces.</summary>
internal static class Wording
{
    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number with its noun: <c>1 saga</c>, <c>3 sagas</c>.</summary>
    public static string Count(long number, string noun) => $"{Number(number)} {noun}{(number == 1 ? string.Empty : "s")}";

    /// <summary>The same with a plural of its own.</summary>
    public static string Count(long number, string one, string several) => $"{Number(number)} {(number == 1 ? one : several)}";

    /// <summary>A size: <c>312 bytes</c>, <c>16.0 MB</c>.</summary>
    public static string Bytes(long bytes) =>
        bytes switch
        {
            < 10_000 => Count(bytes, "byte"),
            < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000.0:0.0} kB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.0} MB"),
        };

    /// <summary>A word of programs as words of people: <c>step_timed_out</c> and <c>StepTimedOut</c> are "step timed out".</summary>
    public static string Spaced(string word) =>
        string.Concat(
            word.Select(
                (letter, index) =>
                    letter is '_' or '-' ? " " : (char.IsUpper(letter) && index > 0 ? " " : string.Empty) + char.ToLowerInvariant(letter)
            )
        );

    /// <summary>As a sentence begins.</summary>
    public static string Sentence(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    public static string Phase(string phase) =>
        phase switch
        {
            "Undoing" => "being undone",
            "Skipped" => "left out",
            _ => Spaced(phase),
        };

    public static string Kind(string kind) =>
        kind switch
        {
            "Compensatable" => "can be undone",
            "Pivot" => "pivot: no way back from here",
            "Retriable" => "tried until it completes",
            _ => Spaced(kind),
        };

    public static string WaitsFor(string? wait) =>
        wait switch
        {
            "Reply" => "an answer",
            "Retry" => "its next attempt",
            "Enquiry" => "word whether it happened",
            "Signal" => "a signal",
            "Operator" => "an operator",
            "Resume" => "somebody to resume it",
            null => "its beginning",
            _ => Spaced(wait),
        };

    public static string Verdict(string verdict) =>
        verdict switch
        {
            "UndoneExcept" => "undone, but effects are left",
            _ => Spaced(verdict),
        };

    public static string Breaker(string state) =>
        state switch
        {
            "Closed" => "closed: it is there",
            "HalfOpen" => "half-open: a few steps probe it",
            "Open" => "open: nothing is expected of it",
            _ => Spaced(state),
        };

    public static string Cause(string kind, string? by) =>
        kind switch
        {
            "Start" => "its start",
            "Begin" => "its beginning",
            "Reply" => $"an answer of {by}",
            "Timer" => "a timer",
            "Operator" => $"operator {by}",
            "Signal" => $"signal {by}",
            _ => "not known",
        };

    /// <summary>The verb of an action's button.</summary>
    public static string Action(string action, string? signal) =>
        action switch
        {
            "Retry" => "Retry",
            "Skip" => "Skip its compensation",
            "ResolveAsDone" => "Resolve as done",
            "ResolveAsNotDone" => "Resolve as not done",
            "Pause" => "Pause the saga",
            "Resume" => "Resume the saga",
            "Extend" => "Give more time",
            "Cancel" => "Cancel the saga",
            "Signal" => $"Signal {signal}",
            "DeclineSignal" => $"Decline {signal}",
            _ => Spaced(action),
        };

    /// <summary>The class of the style sheet for a state of whatever kind.</summary>
    public static string Colour(string word) =>
        word switch
        {
            "Completed" or "Done" or "Closed" or "Healthy" or "Finished" or "accepted" or "redriven" or "done" => "good",
            "Started" or "Pending" or "Running" or "HalfOpen" => "busy",
            "Compensating" or "Undoing" or "Degraded" or "Paused" => "turning",
            "Failed"
            or "Open"
            or "Unhealthy"
            or "Stopped"
            or "LeftStanding"
            or "NotDone"
            or "stopped"
            or "Refused"
            or "refused"
            or "failed"
            or "late" => "bad",
            "Parked" or "Unknown" or "waiting" => "parked",
            _ => "still",
        };
}
