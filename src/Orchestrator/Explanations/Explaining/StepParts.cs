using System.Collections.Immutable;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Explanations.Facts;
using SagaOrchestrator.Explanations.Trying;

namespace SagaOrchestrator.Explanations.Explaining;

internal static class StepParts
{
    public static ImmutableArray<StepExplanation> Of(SagaFacts facts, Past past, ImmutableArray<UndoneStep> undone) =>
        [.. facts.Plan.Steps.Select(planned => Of(facts, past, planned, facts.Progress.Find(planned.Name)!, undone))];

    private static StepExplanation Of(
        SagaFacts facts,
        Past past,
        StepDefinition planned,
        StepProgress step,
        ImmutableArray<UndoneStep> undone
    )
    {
        var place = undone.IsDefaultOrEmpty ? -1 : undone.ToList().FindIndex(other => other.Step == step.Name);
        var isOver = step.State is not (StepState.Planned or StepState.Executing);
        return new StepExplanation
        {
            Name = step.Name,
            Stage = planned.Stage,
            Participant = planned.Signal is null ? planned.Participant : null,
            Signal = planned.Signal,
            Kind = planned.Kind,
            IsConditional = planned.Conditional,
            State = step.State,
            Phase = PhaseOf(step),
            Direction = step.CurrentDirection,
            Attempt = step.Attempt,
            OfAttempts = Budget(facts, step, Direction.Do),
            UndoAttempt = step.UndoAttempt,
            OfUndoAttempts = Budget(facts, step, Direction.Undo),
            StartedAt = past.StartOf(step.Name),
            EndedAt = isOver ? past.EndOf(step.Name) : null,
            UndoStartedAt = step.IsUndo() ? past.UndoStartOf(step.Name) : null,
            UndoneAt = step.IsUndo() && step.State != StepState.Compensating ? past.UndoneOf(step.Name) : null,
            WouldBeUndone = place < 0 ? null : place + 1,
            ForwardError = step.Failure,
            CompensationError = facts.Progress.CompensationFailure is { } failure && failure.Step == step.Name ? failure : null,
            Note = step.Note,
            RefusedResult = step.RefusedResult,
        };
    }

    /// <summary>
    /// The last attempt of the direction that counts, with what was forgiven; else what a step has that is sent for the first time.
    /// </summary>
    private static int? Budget(SagaFacts facts, StepProgress step, Direction direction)
    {
        var isCurrent =
            step.Timer is not null && step.Wait is Wait.Reply or Wait.Retry or Wait.Enquiry && step.CurrentDirection == direction;
        var last =
            isCurrent && facts.Plan.Find(step.Name)!.Signal is null
                ? Budgets.OfCurrent(facts.Plan, facts.Progress, step.Name, facts.Now)?.Attempts
                : Budgets.OfNew(facts.Plan, facts.Progress, step.Name, direction, facts.Now);
        var made = direction == Direction.Do ? step.Attempt : step.UndoAttempt;
        return last is { } most ? Math.Max(most, made) : null;
    }

    private static StepPhase PhaseOf(StepProgress step) =>
        step.Wait == Wait.Operator
            ? StepPhase.Parked
            : step.State switch
            {
                StepState.Planned => StepPhase.Planned,
                StepState.Executing => StepPhase.Running,
                StepState.Completed => StepPhase.Done,
                StepState.Rejected => StepPhase.NotDone,
                StepState.Unknown => StepPhase.Unknown,
                StepState.Compensating => StepPhase.Undoing,
                StepState.Compensated => StepPhase.Undone,
                StepState.Skipped => StepPhase.Skipped,
                StepState.CompensationSkipped => StepPhase.LeftStanding,
                _ => throw new ArgumentOutOfRangeException(nameof(step), step.State, "Give this state a phase."),
            };
}
