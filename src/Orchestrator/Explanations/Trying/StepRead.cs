using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Explanations.Trying;

internal static class StepRead
{
    public static bool IsUndo(this StepProgress step) => step.CurrentDirection == Direction.Undo;
}
