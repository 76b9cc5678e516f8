using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Explanations.Trying;

internal static class StepRead
{
    public static bool IsUndo(this StepProgress step) =>
        step.State is StepState.Compensating or StepState.Compensated or StepState.CompensationSkipped;

    public static Direction Direction(this StepProgress step) => step.IsUndo() ? Decisions.Direction.Undo : Decisions.Direction.Do;

    /// <summary>The attempt of the current direction.</summary>
    public static int CurrentAttempt(this StepProgress step) => step.IsUndo() ? step.UndoAttempt : step.Attempt;
}
