using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Participants.Sensitive;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>Executing one command inside the unit's transaction: fence, effect, reply.</summary>
internal sealed class DoWork(
    CommandContext command,
    IFence fence,
    ILogger log,
    Func<CommitScope, CancellationToken, Task<StepOutcome>> effect,
    bool readsFirst,
    bool wasBegun,
    ResultSeal? seal = null
) : IUnitWork
{
    public bool NeedsTransaction => readsFirst;

    public async Task Execute(CommitScope scope, UnitOfWork unit, CancellationToken cancellationToken)
    {
        var row = await fence.Enter(scope, command.SagaId, command.Step, isFirst: command.Attempt == 1 && !wasBegun, cancellationToken);
        switch (FenceRules.OnDo(row, command.Attempt))
        {
            case FenceVerdict.Refuse:
                KitLog.Refused(log, command.Step);
                Reply.Failed(
                    unit,
                    command,
                    FailureKind.Rejected,
                    "fenced",
                    "The step's compensation came before this command, so it is refused and nothing happened."
                );
                break;
            case FenceVerdict.AnswerAgain when row.Do == EffectState.Completed:
                Reply.Completed(unit, command, row.DoReply);
                break;
            case FenceVerdict.AnswerInProgress:
                await fence.Save(scope, row with { DoAttempt = Math.Max(row.DoAttempt, command.Attempt) }, cancellationToken);
                Reply.Progressed(unit, command, note: null);
                break;
            case FenceVerdict.AnswerAgain:
                Reply.RejectedAgain(unit, command, row.DoReply!);
                break;
            default:
                await Run(scope, unit, row, cancellationToken);
                break;
        }
    }

    private async Task Run(CommitScope scope, UnitOfWork unit, FenceRow row, CancellationToken cancellationToken)
    {
        row = row with { DoAttempt = Math.Max(row.DoAttempt, command.Attempt) };
        var outcome = await Effect.Attempt(
            scope,
            unit,
            effect,
            (code, reason) => new StepOutcome.Faulted(code, reason),
            seal is not null,
            cancellationToken
        );
        switch (outcome)
        {
            case StepOutcome.Deferred:
                await fence.Save(scope, row with { Do = EffectState.Deferred, DoReply = seal?.Remembered }, cancellationToken);
                break;
            case StepOutcome.Faulted faulted:
                KitLog.Faulted(log, command.Step, faulted.Code, faulted.Reason);
                break;
            case StepOutcome.NoAnswer:
                KitLog.NoAnswer(log, command.Step);
                await fence.Save(scope, row, cancellationToken);
                break;
        }

        await StepAnswer.Give(unit, command, fence, row, outcome, scope, cancellationToken, seal);
    }
}

/// <summary>Undoing one command inside the unit's transaction: fence, effect, reply.</summary>
internal sealed class UndoWork(
    CommandContext command,
    IFence fence,
    ILogger log,
    Func<CommitScope, CancellationToken, Task<UndoOutcome>> effect,
    bool readsFirst,
    bool isMarked
) : IUnitWork
{
    public bool NeedsTransaction => readsFirst;

    public async Task Execute(CommitScope scope, UnitOfWork unit, CancellationToken cancellationToken)
    {
        var row = await fence.Enter(scope, command.SagaId, command.Step, isFirst: false, cancellationToken);
        switch (FenceRules.OnUndo(row))
        {
            case FenceVerdict.AnswerAgain:
                Reply.Undone(unit, command, row.Tombstone);
                break;
            case FenceVerdict.Tombstone:
                KitLog.Tombstone(log, command.Step);
                await fence.Save(scope, FenceRules.Fenced(row), cancellationToken);
                Reply.Undone(unit, command, nothingToUndo: true);
                break;
            default:
                await Run(scope, unit, row, cancellationToken);
                break;
        }
    }

    private async Task Run(CommitScope scope, UnitOfWork unit, FenceRow row, CancellationToken cancellationToken)
    {
        var outcome = await Effect.Attempt(
            scope,
            unit,
            effect,
            (code, reason) => new UndoOutcome.Failed(code, reason),
            isMarked,
            cancellationToken
        );
        if (outcome is UndoOutcome.Failed failed)
        {
            KitLog.NotUndone(log, command.Step, failed.Code, failed.Reason);
            await fence.Save(scope, row, cancellationToken);
            Reply.NotUndone(unit, command, failed.Code, failed.Reason);
            return;
        }

        await fence.Save(scope, row with { Undo = EffectState.Completed }, cancellationToken);
        Reply.Undone(unit, command, nothingToUndo: false);
    }
}

/// <summary>
/// The durable note before a call outside. A compensation that finds it must make its own call, because the effect may
/// be there although no outcome was recorded; a command that finds the compensation's note is refused.
/// </summary>
internal sealed class BeginWork(CommandContext command, IFence fence) : IUnitWork
{
    /// <summary>Whether the call outside is to be made.</summary>
    public bool Proceed { get; private set; }

    public async Task Execute(CommitScope scope, UnitOfWork unit, CancellationToken cancellationToken)
    {
        var row = await fence.Enter(
            scope,
            command.SagaId,
            command.Step,
            isFirst: command is { Direction: CommandDirection.Do, Attempt: 1 },
            cancellationToken
        );
        if (command.Direction == CommandDirection.Do)
        {
            Proceed = FenceRules.OnDo(row, command.Attempt) == FenceVerdict.Execute;
            if (Proceed)
            {
                await fence.Save(
                    scope,
                    row with
                    {
                        Do = EffectState.Begun,
                        DoAttempt = Math.Max(row.DoAttempt, command.Attempt),
                    },
                    cancellationToken
                );
            }
        }
        else if (row.Undo != EffectState.Completed)
        {
            Proceed = FenceRules.OnUndo(row) == FenceVerdict.Execute;
            await fence.Save(scope, row with { Undo = EffectState.Begun }, cancellationToken);
        }
    }
}
