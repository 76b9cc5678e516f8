using SagaOrchestrator.Messages;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Participants.Kit.Steps;

/// <summary>
/// A step that a participant executes and undoes within its own database. The kit commits each method at most once per
/// saga, in the transaction that also takes the fence, the inbox row and the reply (rules S24 and S25).
/// </summary>
/// <remarks>
/// The token is cancelled when the connection to the broker is lost, because the command then comes again, and when the service is to end.
/// Code that takes long should heed it: what it does after that is not committed, and a second delivery may run beside it.
/// </remarks>
/// <typeparam name="TDo">The command that executes it.</typeparam>
/// <typeparam name="TUndo">The command that undoes it.</typeparam>
public abstract class SagaStep<TDo, TUndo>
    where TDo : SagaCommand
    where TUndo : SagaCommand
{
    /// <summary>Writes the effect. An exception rolls it back and is answered as faulted.</summary>
    public abstract Task<StepOutcome> Do(TDo command, CommitScope scope, CancellationToken cancellationToken);

    /// <summary>Takes the effect back. Only called when <see cref="Do"/> completed, or was deferred: then it stops the work.</summary>
    public abstract Task<UndoOutcome> Undo(TUndo command, CommitScope scope, CancellationToken cancellationToken);
}

/// <summary>
/// A step that is never undone: a plan's pivot, what comes after it, or a check without effect. The kit commits <see cref="Do"/> at most once
/// per saga, with the fence, the inbox row and the reply.
/// </summary>
/// <typeparam name="TDo">The command that executes it.</typeparam>
public abstract class SagaStep<TDo>
    where TDo : SagaCommand
{
    /// <summary>Writes the effect. An exception rolls it back and is answered as faulted.</summary>
    public abstract Task<StepOutcome> Do(TDo command, CommitScope scope, CancellationToken cancellationToken);
}

/// <summary>
/// A step with an effect outside the participant's database, at a payment gateway for example. The call is made before
/// the transaction, after a durable note that it has begun; it may be repeated, so it must be idempotent by the command id.
/// </summary>
/// <typeparam name="TDo">The command that executes it.</typeparam>
/// <typeparam name="TUndo">The command that undoes it.</typeparam>
/// <typeparam name="TDone">What calling to execute gives.</typeparam>
/// <typeparam name="TUndone">What calling to undo gives.</typeparam>
public abstract class ExternalSagaStep<TDo, TUndo, TDone, TUndone>
    where TDo : SagaCommand
    where TUndo : SagaCommand
{
    /// <summary>Makes the effect outside. An exception means that its outcome is unknown.</summary>
    public abstract Task<TDone> CallDo(TDo command, CancellationToken cancellationToken);

    /// <summary>Records what <see cref="CallDo"/> gave, in the transaction of the reply.</summary>
    public abstract Task<StepOutcome> Do(TDo command, TDone done, CommitScope scope, CancellationToken cancellationToken);

    /// <summary>Takes the effect back outside, whatever became of it: also when <see cref="CallDo"/> was begun and its outcome is unknown.</summary>
    public abstract Task<TUndone> CallUndo(TUndo command, CancellationToken cancellationToken);

    /// <summary>Records what <see cref="CallUndo"/> gave, in the transaction of the reply.</summary>
    public abstract Task<UndoOutcome> Undo(TUndo command, TUndone undone, CommitScope scope, CancellationToken cancellationToken);

    /// <summary>What an exception of <see cref="CallDo"/> means. Faulted, unless the step knows better.</summary>
    public virtual StepOutcome Explain(Exception exception) =>
        new StepOutcome.Faulted("external_error", exception.Message);
}
