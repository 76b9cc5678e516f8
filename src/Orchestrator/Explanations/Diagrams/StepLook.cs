using SagaOrchestrator.Decisions;
using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Explanations.Wording;

namespace SagaOrchestrator.Explanations.Diagrams;

/// <summary>What a diagram says of a step: by colour, and in words for whoever does not see colours.</summary>
internal static class StepLook
{
    /// <summary>The name of the step's look, in both kinds of diagram.</summary>
    public static string Class(StepExplanation step) =>
        step.Phase switch
        {
            StepPhase.Planned => "planned",
            StepPhase.Running => "running",
            StepPhase.Done => "done",
            StepPhase.NotDone => "failed",
            StepPhase.Unknown => "unknown",
            StepPhase.Undoing => "undoing",
            StepPhase.Undone => "undone",
            StepPhase.Skipped => "skipped",
            StepPhase.LeftStanding => "left",
            _ => "parked",
        };

    /// <summary>Where it stands, with its attempt where that matters.</summary>
    public static string Words(StepExplanation step) =>
        step.Phase switch
        {
            StepPhase.Planned => step.IsConditional ? "planned, if its condition holds" : "planned",
            StepPhase.Running when step.Signal is not null => "waits for its signal",
            StepPhase.Running => $"running, {Wording.Words.Attempt(step.Attempt, step.OfAttempts)}",
            StepPhase.Done => "done",
            StepPhase.NotDone => $"not done{Code(step)}",
            StepPhase.Unknown => $"unknown{Code(step)}",
            StepPhase.Undoing => $"being undone, {Wording.Words.Attempt(step.UndoAttempt, step.OfUndoAttempts)}",
            StepPhase.Undone => "undone",
            StepPhase.Skipped => "skipped",
            StepPhase.LeftStanding => "compensation given up",
            _ => step.Direction == Direction.Undo ? "compensation is parked" : $"parked{Code(step)}",
        };

    /// <summary>Whom it is sent to, or what it waits for, and what it is to the saga.</summary>
    public static string Where(StepExplanation step)
    {
        var at = step.Signal is { } signal ? $"signal {signal}" : $"at {step.Participant}";
        return step.Kind switch
        {
            Decisions.Plans.StepKind.Pivot => at + " · pivot",
            Decisions.Plans.StepKind.Retriable => at + " · retriable",
            _ => at,
        };
    }

    /// <summary>That it would be undone if the saga failed now; null when it would not.</summary>
    public static string? Mark(SagaExplanation saga, StepExplanation step) =>
        step.WouldBeUndone is not { } place || step.Phase == StepPhase.Undoing ? null
        : saga.IfItFailedNow.IsUnderWay ? $"to be undone, no. {Wording.Words.Number(place)}"
        : $"undone no. {Wording.Words.Number(place)} if it failed now";

    /// <summary>The saga in a line.</summary>
    public static string Title(SagaExplanation saga) =>
        saga.BusinessKey is { } key ? $"{saga.Type} {key}: {saga.State}" : $"{saga.Type}: {saga.State}";

    private static string Code(StepExplanation step) => step.ForwardError is { } failure ? $" ({failure.Code})" : string.Empty;
}
