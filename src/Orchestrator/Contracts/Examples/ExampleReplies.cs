using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Contracts.Examples;

/// <summary>What a participant answers to the example of a step.</summary>
internal static class ExampleReplies
{
    /// <summary>To the command: completed; and its compensation, where it has one.</summary>
    public static IEnumerable<(string Name, SagaReply Reply, CommandContext Command)> Usual(ExampleSaga saga, PlanStep step)
    {
        var command = saga.Context(step, Direction.Do);
        yield return ("completed", Completed(saga, command), command);
        if (step.Command(Direction.Undo) is not null)
        {
            var undo = saga.Context(step, Direction.Undo);
            yield return ("undone", Undone(undo, nothingToUndo: false), undo);
        }
    }

    /// <summary>Every other answer that there is.</summary>
    public static IEnumerable<(string Name, SagaReply Reply, CommandContext Command)> Others(ExampleSaga saga, PlanStep step)
    {
        var command = saga.Context(step, Direction.Do);
        yield return (
            "rejected",
            Failed(command, FailureKind.Rejected, "not_possible", "It is not possible, and nothing happened."),
            command
        );
        yield return ("faulted", Failed(command, FailureKind.Faulted, "system_error", "Nobody knows whether it happened."), command);
        yield return (
            "refused",
            Failed(command, FailureKind.Rejected, "fenced", "The step's compensation came before this command."),
            command
        );
        yield return ("progressed", Progressed(command), command);
        yield return ("reported-done", Reported(saga, command, ReportedOutcome.Done), command);
        yield return ("reported-not-done", Reported(saga, command, ReportedOutcome.NotDone), command);
        yield return ("reported-in-progress", Reported(saga, command, ReportedOutcome.InProgress), command);
        var undo = saga.Context(step, Direction.Undo);
        yield return ("nothing-to-undo", Undone(undo, nothingToUndo: true), undo);
        yield return ("not-undone", NotUndone(undo), undo);
    }

    private static SagaStepCompleted Completed(ExampleSaga saga, CommandContext command) =>
        new()
        {
            SagaId = command.SagaId,
            Step = command.Step,
            CommandId = command.CommandId,
            Attempt = command.Attempt,
            Result = saga.Result(command.Step),
        };

    private static SagaStepFailed Failed(CommandContext command, FailureKind kind, string code, string reason) =>
        new()
        {
            SagaId = command.SagaId,
            Step = command.Step,
            CommandId = command.CommandId,
            Attempt = command.Attempt,
            Kind = kind,
            Code = code,
            Reason = reason,
        };

    private static SagaCompensationCompleted Undone(CommandContext command, bool nothingToUndo) =>
        new()
        {
            SagaId = command.SagaId,
            Step = command.Step,
            CommandId = command.CommandId,
            Attempt = command.Attempt,
            NothingToUndo = nothingToUndo,
        };

    private static SagaCompensationFailed NotUndone(CommandContext command) =>
        new()
        {
            SagaId = command.SagaId,
            Step = command.Step,
            CommandId = command.CommandId,
            Attempt = command.Attempt,
            Code = "not_now",
            Reason = "It cannot be undone now. The effect is still there.",
        };

    private static SagaStepProgressed Progressed(CommandContext command) =>
        new()
        {
            SagaId = command.SagaId,
            Step = command.Step,
            CommandId = command.CommandId,
            Attempt = command.Attempt,
            Note = "Half of it is done.",
        };

    private static SagaStepOutcomeReported Reported(ExampleSaga saga, CommandContext command, ReportedOutcome outcome) =>
        new()
        {
            SagaId = command.SagaId,
            Step = command.Step,
            CommandId = command.CommandId,
            Attempt = command.Attempt,
            Outcome = outcome,
            Result = outcome == ReportedOutcome.Done ? saga.Result(command.Step) : null,
        };
}
