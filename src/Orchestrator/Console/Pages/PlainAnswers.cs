using SagaOrchestrator.Console.Api;
using SagaOrchestrator.Console.Words;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What somebody asks for whom the saga is an order: in sentences without the words of programs.</summary>
/// <param name="Where">Where it is.</param>
/// <param name="Ends">When it ends at the latest, or ended.</param>
/// <param name="Done">What was done, what of it stands, and the money that it is about.</param>
internal sealed record PlainAnswers(string Where, string Ends, string Done)
{
    public static PlainAnswers Of(SagaFacts seen, DateTimeOffset now) => new(Place(seen, now), End(seen, now), PlainEffects.Of(seen));

    private static string Place(SagaFacts seen, DateTimeOffset now) =>
        seen.Status switch
        {
            { State: "Completed" } => "It is finished. Everything that it asked for was done.",
            { State: "Failed" } => "It was not carried out. " + Why(seen),
            { State: "Parked" } => $"It is stuck and waits for a person{Stuck(seen)}",
            { Pause: { } pause } => $"It rests: {pause.By} has paused it. “{pause.Reason}”",
            { State: "Compensating" } => $"It is not carried out, and what was done is being undone{Undoing(seen)}. {Why(seen)}",
            _ => UnderWay(seen, now),
        };

    private static string UnderWay(SagaFacts seen, DateTimeOffset now) =>
        string.Join(
            ' ',
            seen.Explained.WaitsFor.Select(wait => Waits(wait, now)).Prepend($"It is under way, {Progress(seen)}.").Distinct()
        );

    private static string Why(SagaFacts seen)
    {
        var cancelled = seen.History.LastOrDefault(entry => entry.Type == "operator_cancelled");
        return cancelled is not null ? $"{cancelled.By} cancelled it. “{cancelled.Reason}”"
            : seen.Status.ForwardError is { } error
                ? $"{Failing(error.Step)} was not possible ({Wording.Spaced(error.Code)}): {Ended(error.Reason)}"
            : "The reason is not known.";
    }

    // A deadline fails no step.
    private static string Failing(string step) => step.Length == 0 ? "It" : Wording.Sentence(Name(step));

    private static string Stuck(SagaFacts seen)
    {
        if (seen.Explained.Steps.FirstOrDefault(step => step.Phase == "Parked") is not { } step)
        {
            return ".";
        }

        var error = step.Direction == "Undo" ? step.CompensationError : step.ForwardError;
        var at = step.Direction == "Undo" ? ", while undoing" : ", at";
        return $"{at}: {Name(step.Name)}. {Ended(error?.Reason ?? string.Empty)}".TrimEnd();
    }

    private static string Undoing(SagaFacts seen) =>
        Words(seen.Explained.Steps.Where(step => step.Phase == "Undoing").Select(step => Name(step.Name))) is { Length: > 0 } steps
            ? $" (now: {steps})"
            : string.Empty;

    private static string Progress(SagaFacts seen)
    {
        var steps = seen.Explained.Steps.Where(step => step.Phase != "Skipped").ToArray();
        return $"with {Wording.Number(steps.Count(step => step.Phase == "Done"))} of {Wording.Count(steps.Length, "step")} done";
    }

    private static string Waits(ExplainedWait wait, DateTimeOffset now)
    {
        var waited = wait.Since is { } from ? $", for {Times.Long(now - from)}" : string.Empty;
        return (wait.Kind, wait.Step, wait.Participant) switch
        {
            (_, { } step, { } participant) when wait.Absence is not null =>
                $"Now: {Name(step)}. It waits for {participant}, which is away{waited}, and goes on by itself when {participant} is back.",
            ("Signal", { } step, _) => $"Now: {Name(step)}. It waits for word from outside ({wait.Signal}){waited}.",
            ("Retry", { } step, _) => $"Now: {Name(step)}. It did not work, and is tried again by itself.",
            (_, { } step, { } participant) => $"Now: {Name(step)}, at {participant}{waited}.",
            _ => "It has not begun yet.",
        };
    }

    private static string End(SagaFacts seen, DateTimeOffset now) =>
        seen switch
        {
            { Status.EndedAt: { } ended } => $"It ended {Times.Relative(ended, now)}, at {Times.Absolute(ended)}.",
            { Explained.LatestEnd: { At: { } at } } => $"At {Times.Absolute(at)} at the latest, {Times.Relative(at, now)}.",
            { Explained.LatestEnd: { EndsOrParksBy: { } by } } =>
                $"By {Times.Absolute(by)}, {Times.Relative(by, now)}, it has ended, or a person is asked to help.",
            { Explained.LatestEnd: { } latest } => latest.Sentence,
            _ => "That is not known.",
        };

    /// <summary>A step's name as people say it.</summary>
    internal static string Name(string step) => Wording.Spaced(step);

    /// <summary>A list: <c>a, b and c</c>.</summary>
    internal static string Words(IEnumerable<string> items) =>
        items.ToArray() switch
        {
            [] => string.Empty,
            [var one] => one,
            [.. var others, var last] => $"{string.Join(", ", others)} and {last}",
        };

    private static string Ended(string sentence) => sentence.Length == 0 || sentence[^1] is '.' or '!' or '?' ? sentence : sentence + ".";
}
