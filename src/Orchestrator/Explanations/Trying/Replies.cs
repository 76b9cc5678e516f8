using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Explanations.Trying;

/// <summary>Answers that a saga may get.</summary>
internal static class Replies
{
    public static SagaInput Succeeds(StepDefinition planned, SagaProgress progress, StepProgress step) =>
        planned.Signal is { } signal ? new SignalReceived(SignalId(planned), signal)
        : step.IsUndo() ? new CompensationSucceeded(step.Name, progress.CommandId(step.Name, Direction.Undo), step.UndoAttempt)
        : new StepSucceeded(step.Name, progress.CommandId(step.Name, Direction.Do), step.Attempt);

    public static SagaInput Rejects(SagaProgress progress, StepProgress step) =>
        new StepRejected(step.Name, progress.CommandId(step.Name, Direction.Do), step.Attempt, "rejected", "It is rejected.");

    /// <summary>An id that no sender has chosen: it follows from the step, and from no saga.</summary>
    public static Guid SignalId(StepDefinition planned) => SagaIds.OfCommand(Guid.AllBitsSet, planned.Name, Direction.Do);
}
