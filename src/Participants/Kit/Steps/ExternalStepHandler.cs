using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>
/// A step with an effect outside the participant's database, at a payment gateway for example. The call is made before the transaction,
/// after a durable note that it has begun. It may be repeated, so it must be idempotent, by <see cref="StepCall.CommandId"/> or the
/// saga's id.
/// </summary>
/// <typeparam name="TDo">The command that executes it.</typeparam>
/// <typeparam name="TUndo">The command that undoes it.</typeparam>
/// <typeparam name="TDone">What calling to execute gives.</typeparam>
/// <typeparam name="TUndone">What calling to undo gives.</typeparam>
public abstract class ExternalStepHandler<TDo, TUndo, TDone, TUndone>
    where TDo : SagaCommand
    where TUndo : SagaCommand
{
    /// <summary>Makes the effect outside. An exception means that its outcome is unknown.</summary>
    public abstract Task<TDone> CallDo(TDo command, StepCall call);

    /// <summary>Records what <see cref="CallDo"/> gave, in the transaction of the reply.</summary>
    public abstract Task<StepOutcome> Do(TDo command, TDone done, StepContext context);

    /// <summary>
    /// Takes the effect back outside, whatever became of it: also when <see cref="CallDo"/> was begun and its outcome is unknown.
    /// </summary>
    public abstract Task<TUndone> CallUndo(TUndo command, StepCall call);

    /// <summary>Records what <see cref="CallUndo"/> gave, in the transaction of the reply.</summary>
    public abstract Task<UndoOutcome> Undo(TUndo command, TUndone undone, StepContext context);

    /// <summary>What an exception of <see cref="CallDo"/> means. Faulted, unless the step knows better.</summary>
    public virtual StepOutcome Explain(Exception exception) => new StepOutcome.Faulted("external_error", exception.Message);
}
