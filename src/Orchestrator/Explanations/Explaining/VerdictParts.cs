using System.Collections.Immutable;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Explanations.Facts;
using SagaOrchestrator.Explanations.Wording;

namespace SagaOrchestrator.Explanations.Explaining;

/// <summary>How a saga ended, and what it left.</summary>
internal static class VerdictParts
{
    public static Verdict? Of(SagaFacts facts, Past past)
    {
        if (Verdict.KindOf(facts.Plan, facts.Progress) is not { } kind)
        {
            return null;
        }

        var words = Words(past);
        ImmutableArray<StandingEffect> stands =
        [
            .. facts.Plan.Steps.Zip(facts.Progress.Steps, (planned, step) => Effect(planned, step, past)).OfType<StandingEffect>(),
        ];
        return new Verdict(kind, stands, words, Sentence(facts, kind, stands) + Resolved(words));
    }

    private static StandingEffect? Effect(StepDefinition planned, StepProgress step, Past past)
    {
        if (!Verdict.MayStand(planned, step))
        {
            return null;
        }

        return step.State switch
        {
            StepState.Completed => new StandingEffect(step.Name, planned.Participant, true, "It was done."),
            StepState.Unknown => new StandingEffect(step.Name, planned.Participant, false, "Nobody knows whether it happened."),
            _ => new StandingEffect(
                step.Name,
                planned.Participant,
                false,
                $"An operator gave its compensation up{Why(past, step.Name)}, and its effect may still be there."
            ),
        };
    }

    private static string Why(Past past, string step) =>
        past.Events.LastOrDefault(entry => entry.Entry.Type == HistoryTypes.OperatorSkipped && entry.Entry.Step == step)?.Entry
            is { } skipped
            ? $" ({skipped.By}: {skipped.Reason?.TrimEnd('.')})"
            : string.Empty;

    private static ImmutableArray<OperatorsWord> Words(Past past) =>
        [
            .. past
                .Events.Select(entry =>
                    Said(entry.Entry) is { } said
                        ? new OperatorsWord(entry.Entry.Step!, said, entry.Entry.By, entry.At, entry.Entry.Reason)
                        : null
                )
                .OfType<OperatorsWord>(),
        ];

    // That a step is not done, its participant confirms; that a compensation is not needed, nobody does.
    private static string? Said(HistoryEntry entry) =>
        (entry.Type, entry.Direction) switch
        {
            (_, _) when entry.Step is null => null,
            (HistoryTypes.OperatorResolvedAsDone, Direction.Undo) => "undone",
            (HistoryTypes.OperatorResolvedAsDone, _) => "done",
            (HistoryTypes.OperatorResolvedAsNotDone, Direction.Undo) => "not done",
            (HistoryTypes.OperatorSkipped, _) => "given up",
            _ => null,
        };

    private static string Sentence(SagaFacts facts, VerdictKind kind, ImmutableArray<StandingEffect> stands)
    {
        var took = facts is { StartedAt: { } from, EndedAt: { } to } ? $" after {Wording.Words.Of(to - from)}" : string.Empty;
        var undone = facts.Progress.Compensated;
        if (kind == VerdictKind.Completed)
        {
            var effects = Wording.Words.List(stands.Select(effect => effect.Step));
            return stands.IsEmpty ? $"Completed{took}." : $"Completed{took}: {effects} {(stands.Length == 1 ? "stands" : "stand")}.";
        }

        var why = facts.Progress.ForwardFailure is { } failure ? $" because of {Wording.Words.AtStep(failure)}" : string.Empty;
        var what = undone.IsEmpty ? "nothing had to be undone" : $"undone, in this order: {string.Join(", ", undone)}";
        var left =
            kind == VerdictKind.Undone
                ? "Nothing of it is left."
                : "Left: " + string.Join(" ", stands.Select(effect => $"{effect.Step} at {effect.Participant}. {effect.Why}"));
        return $"Failed{took}{why}; {what}. {left}";
    }

    private static string Resolved(ImmutableArray<OperatorsWord> words) =>
        words.IsEmpty
            ? string.Empty
            : $" On an operator's word alone: {Wording.Words.List(words.Select(word => $"{word.Step} {word.Said} ({word.By})"))}.";
}
