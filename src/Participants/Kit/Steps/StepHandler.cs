using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>
/// A step that only writes, in its participant's own database. Each method is committed at most once per saga, in one transaction with the
/// fence, the inbox row and the reply. An exception rolls it back: <see cref="Do"/> is then answered as faulted, <see cref="Undo"/> as
/// failed. After a
/// <see cref="ConcurrencyConflictException"/> it first runs again, on what is there now, some ten times at most.
/// </summary>
/// <remarks>What reads or locks rows first derives from <see cref="ReadingStepHandler{TDo, TUndo}"/>.</remarks>
/// <typeparam name="TDo">The command that executes it.</typeparam>
/// <typeparam name="TUndo">The command that undoes it.</typeparam>
public abstract class StepHandler<TDo, TUndo>
    where TDo : SagaCommand
    where TUndo : SagaCommand
{
    /// <summary>Writes the effect.</summary>
    public abstract Task<StepOutcome> Do(TDo command, StepContext context);

    /// <summary>Takes the effect back. Only called when <see cref="Do"/> completed, or was deferred: then it stops the work.</summary>
    public abstract Task<UndoOutcome> Undo(TUndo command, StepContext context);
}

/// <summary>
/// A step that only writes and is never undone: a plan's pivot, what comes after it, or a check without effect. Else as
/// <see cref="StepHandler{TDo, TUndo}"/>.
/// </summary>
/// <typeparam name="TDo">The command that executes it.</typeparam>
public abstract class StepHandler<TDo>
    where TDo : SagaCommand
{
    /// <summary>Writes the effect.</summary>
    public abstract Task<StepOutcome> Do(TDo command, StepContext context);
}
