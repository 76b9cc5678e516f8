using System.Collections.Immutable;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Explanations.Facts;
using SagaOrchestrator.Explanations.Trying;
using SagaOrchestrator.Explanations.Wording;

namespace SagaOrchestrator.Explanations.Explaining;

/// <summary>What can be done: each move is tried on the saga as it is now, and whoever would refuse it refuses it here.</summary>
internal static class MoveParts
{
    private const string NoChange = "no-change";
    private const string ResultNeeded = "result-needed";

    public static ImmutableArray<MoveExplanation> Of(SagaFacts facts, WhatIf whatIf) =>
        [
            .. facts
                .Plan.Steps.Zip(facts.Progress.Steps)
                .Where(pair => IsOpen(pair.Second))
                .SelectMany(pair =>
                    Inputs(pair.First, pair.Second, facts.Now).Select(move => Of(facts, whatIf, move.Kind, move.Input, pair.First))
                ),
            .. OfSaga(facts).Select(move => Of(facts, whatIf, move.Kind, move.Input, planned: null)),
        ];

    private static IEnumerable<(MoveKind Kind, SagaInput Input)> OfSaga(SagaFacts facts)
    {
        yield return (MoveKind.Pause, new PauseSaga("somebody", "They want it."));
        yield return (MoveKind.Resume, new ResumeSaga("somebody", "They want it."));
        yield return (MoveKind.Extend, new ExtendDeadline(null, Later(facts.Progress.DeadlineAt, facts.Now), "somebody", "They want it."));
        yield return (MoveKind.Cancel, new Cancel("somebody", "They want it."));
    }

    // Any time will do, if it is later than what holds.
    private static DateTimeOffset Later(DateTimeOffset? due, DateTimeOffset now) => (due > now ? due.Value : now).AddDays(1);

    private static bool IsOpen(StepProgress step) => step.State is StepState.Executing or StepState.Compensating;

    private static IEnumerable<(MoveKind Kind, SagaInput Input)> Inputs(StepDefinition planned, StepProgress step, DateTimeOffset now)
    {
        yield return (MoveKind.Retry, new RetryNow(step.Name, "somebody", "They want it."));
        yield return (MoveKind.Skip, new SkipCompensation(step.Name, "somebody", "They want it."));
        yield return (MoveKind.ResolveAsDone, new ResolveAsDone(step.Name, "somebody", "They want it."));
        yield return (MoveKind.ResolveAsNotDone, new ResolveAsNotDone(step.Name, "somebody", "They want it."));
        yield return (MoveKind.Extend, new ExtendDeadline(step.Name, Later(step.DueAt, now), "somebody", "They want it."));
        if (planned.Signal is { } signal)
        {
            yield return (MoveKind.Signal, new SignalReceived(Replies.SignalId(planned), signal));
            yield return (MoveKind.DeclineSignal, new SignalReceived(Replies.SignalId(planned), signal, "declined", "The answer is no."));
        }
    }

    private static MoveExplanation Of(SagaFacts facts, WhatIf whatIf, MoveKind kind, SagaInput input, StepDefinition? planned)
    {
        var decided = whatIf(facts.Progress, input, facts.Now, TimerParts.AbsenceOf(facts));
        var needsResult =
            kind == MoveKind.ResolveAsDone
            && facts.Progress.Find(planned!.Name)!.State == StepState.Executing
            && (facts.StepsWithResult.Contains(planned.Name) || decided.Decisions is [Refuse { Code: ResultNeeded }, ..]);
        if (needsResult && decided.Decisions is [Refuse { Code: ResultNeeded }, ..])
        {
            // It is refused without a result only. What it does with one, the decider says.
            decided = Hypotheses.Of(facts.Plan)(facts.Progress, input, facts.Now, TimerParts.AbsenceOf(facts));
        }

        var move = new MoveExplanation
        {
            Kind = kind,
            Step = planned?.Name,
            Signal = kind is MoveKind.Signal or MoveKind.DeclineSignal ? planned!.Signal : null,
            IsPossible = false,
            Sentence = string.Empty,
        };
        return decided.Decisions is [Refuse refused, ..] ? Refused(move, refused.Code, refused.Reason)
            : ReferenceEquals(decided.Progress, facts.Progress) ? Refused(move, NoChange, Nothing(facts, kind))
            : Possible(facts, move with { NeedsResult = needsResult }, decided);
    }

    private static string Nothing(SagaFacts facts, MoveKind kind) =>
        kind == MoveKind.Pause ? "The saga is paused already."
        : kind == MoveKind.Cancel
            ? facts.Progress.HasEnded ? "The saga has failed and is undone already."
                : "The saga is being undone already."
        : "It would change nothing as the saga stands.";

    private static MoveExplanation Refused(MoveExplanation move, string code, string reason) =>
        move with
        {
            Code = code,
            Reason = reason,
            Sentence = Words.Sentence($"{Name(move)} is not possible ({code}): {reason}"),
        };

    private static MoveExplanation Possible(SagaFacts facts, MoveExplanation move, Decided decided)
    {
        var consequences = move is { Kind: MoveKind.Extend, Step: { } longer }
            ? [new Consequence(ConsequenceKind.Extends, longer, "gives it until the time that you name")]
            : Following.Of(facts.Plan, facts.Progress, decided, facts.Now);
        var leads = move.Kind is not (MoveKind.Pause or MoveKind.Extend);
        var undone = leads ? Undoing.Rest(facts.Plan, decided.Progress, facts.Now) : [];
        var order = undone.Length > 1 ? $"; undone, in this order: {string.Join(", ", undone.Select(step => step.Step))}" : string.Empty;
        return move with
        {
            IsPossible = true,
            Consequences = consequences,
            ThenUndone = undone,
            Sentence = Words.Sentence(
                $"{Name(move)}{(move.NeedsResult ? ", with its result," : string.Empty)} {Following.Text(consequences)}{order}"
            ),
        };
    }

    private static string Name(MoveExplanation move) =>
        move.Kind switch
        {
            MoveKind.Cancel => "cancel",
            MoveKind.Retry => $"retry of {move.Step}",
            MoveKind.Skip => $"skip of the compensation of {move.Step}",
            MoveKind.ResolveAsDone => $"resolve {move.Step} as done",
            MoveKind.ResolveAsNotDone => $"resolve {move.Step} as not done",
            MoveKind.Pause => "pause",
            MoveKind.Resume => "resume",
            MoveKind.Extend when move.Step is null => "a later deadline",
            MoveKind.Extend => $"more time for {move.Step}",
            MoveKind.Signal => $"the signal '{move.Signal}'",
            _ => $"the signal '{move.Signal}' as a no",
        };
}
