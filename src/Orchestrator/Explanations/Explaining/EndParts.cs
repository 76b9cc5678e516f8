using System.Collections.Immutable;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Explanations.Facts;
using SagaOrchestrator.Explanations.Trying;
using SagaOrchestrator.Explanations.Wording;

namespace SagaOrchestrator.Explanations.Explaining;

/// <summary>How a saga can end: undone from here, and when at the latest.</summary>
internal static class EndParts
{
    public static Unwinding Undone(SagaFacts facts)
    {
        var steps = Undoing.IfItFailed(facts.Plan, facts.Progress, facts.Now);
        var isUnderWay = facts.Progress.ForwardFailure is not null && !facts.Progress.HasEnded;
        return new Unwinding(steps is not null, isUnderWay, steps ?? [], Sentence(facts, steps, isUnderWay));
    }

    public static LatestEnd? Latest(SagaFacts facts)
    {
        if (facts.Progress.HasEnded)
        {
            return null;
        }

        if (facts.Progress.State == SagaState.Parked)
        {
            return new LatestEnd(null, null, "Nobody can say when it ends: it waits for an operator.");
        }

        if (facts.Progress.Pause is not null)
        {
            return new LatestEnd(null, null, "Nobody can say when it ends: it is paused.");
        }

        if (Absent(facts) is { } participant)
        {
            return new LatestEnd(
                null,
                null,
                $"Nobody can say when it ends: {participant} is not expected to answer now, and an outage spends no attempt."
            );
        }

        if (WorstCase.Of(facts.Plan, facts.Progress, facts.Now) is not { } worst)
        {
            return new LatestEnd(null, null, "When it ends at the latest is not said: its plan has too many attempts to try them all.");
        }

        var by =
            $"by {Words.At(worst.EndsBy)} ({Words.In(worst.EndsBy, facts.Now)}) at the latest, if every participant is there, "
            + "none says that it is still at work, and no compensation waits for its turn";
        return worst.CanPark
            ? new LatestEnd(null, worst.EndsBy, $"It ends, or is parked for an operator, {by}.")
            : new LatestEnd(worst.EndsBy, worst.EndsBy, $"It ends {by}.");
    }

    private static string? Absent(SagaFacts facts) =>
        facts
            .Plan.Steps.Where(planned =>
                (facts.Progress.Find(planned.Name)!.Absence ?? facts.Participants.GetValueOrDefault(planned.Participant)?.Absence)
                    is not null
            )
            .Select(planned => planned.Participant)
            .FirstOrDefault();

    private static string Sentence(SagaFacts facts, ImmutableArray<UndoneStep>? steps, bool isUnderWay) =>
        (steps, isUnderWay) switch
        {
            (null, _) when facts.Progress.HasEnded => "It has ended; nothing is undone any more.",
            (null, _) => "It has passed its pivot, or fails no more: nothing is rolled back.",
            ({ IsEmpty: true }, false) => "If it failed now, there would be nothing to undo.",
            ({ IsEmpty: true }, true) => "There is nothing more to undo.",
            ({ } some, false) => $"If it failed now, it would undo {List(some)}.",
            ({ } some, true) => $"Still to be undone: {List(some)}.",
        };

    private static string List(ImmutableArray<UndoneStep> steps) =>
        string.Join(", then ", steps.Select(step => step.MayNotHaveHappened ? $"{step.Step} (unless it did not happen)" : step.Step));
}
