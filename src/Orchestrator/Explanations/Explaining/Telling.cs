using System.Collections.Immutable;
using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Explanations.Facts;
using SagaOrchestrator.Explanations.Wording;

namespace SagaOrchestrator.Explanations.Explaining;

/// <summary>The whole in sentences, what matters most first.</summary>
internal static class Telling
{
    private const int MostWaits = 5;

    public static ImmutableArray<string> Of(SagaFacts facts, SagaExplanation explained) =>
        explained.Verdict is { } verdict ? [verdict.Sentence] : [.. Open(facts, explained)];

    private static IEnumerable<string> Open(SagaFacts facts, SagaExplanation explained)
    {
        foreach (var wait in explained.WaitsFor.Take(MostWaits))
        {
            yield return wait.Sentence;
            foreach (var detail in Details(facts, wait))
            {
                yield return detail;
            }
        }

        if (explained.WaitsFor.Length > MostWaits)
        {
            yield return $"{Words.Number(explained.WaitsFor.Length - MostWaits)} other steps are waited for too.";
        }

        if (facts.MarkedValues.Sentence() is { } values)
        {
            yield return values;
        }

        if (explained.Timers is [var next, ..])
        {
            yield return next.Sentence;
        }

        if (explained.ForwardError is { } forward)
        {
            yield return Words.Sentence($"it fails because of {Words.AtStep(forward)}");
        }

        yield return explained.IfItFailedNow.Sentence;
        // A pause and more time are possible nearly always, and lead nothing out.
        var possible = explained
            .Moves.Where(move => move is { IsPossible: true, Kind: not (MoveKind.Pause or MoveKind.Extend) })
            .Select(move => move.Sentence)
            .ToArray();
        yield return possible.Length == 0
            ? "There is nothing that an operator could do now."
            : "Possible now: " + string.Join(' ', possible);
        if (explained.LatestEnd is { } latest)
        {
            yield return latest.Sentence;
        }
    }

    private static IEnumerable<string> Details(SagaFacts facts, WaitExplanation wait)
    {
        if (wait.Absence is { } absence && wait.Participant is { } participant)
        {
            var why = $"since {Words.At(absence.Since)} ({absence.Reason.TrimEnd('.')})";
            yield return Words.Sentence($"{Words.Away(participant, absence)} {why}: no attempt is spent meanwhile");
        }

        if (wait.Queue is { } queue)
        {
            yield return queue.Sentence;
        }

        if (wait.Note is { } note)
        {
            yield return Words.Sentence($"{wait.Participant ?? wait.Step} said last: {note}");
        }

        if (wait.Step is { } step && facts.Progress.Find(step)?.RefusedResult is { } refused)
        {
            yield return Words.Sentence($"{step} was answered with a result that was refused: {refused}");
        }
    }
}
