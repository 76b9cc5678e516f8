using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>
/// A step that reads or locks rows before it writes. It has a transaction of its own, where <see cref="StepHandler{TDo, TUndo}"/> shares
/// one; else both are the same.
/// </summary>
/// <typeparam name="TDo">The command that executes it.</typeparam>
/// <typeparam name="TUndo">The command that undoes it.</typeparam>
public abstract class ReadingStepHandler<TDo, TUndo>
    where TDo : SagaCommand
    where TUndo : SagaCommand
{
    /// <summary>Writes the effect.</summary>
    public abstract Task<StepOutcome> Do(TDo command, ReadingStepContext context);

    /// <summary>Takes the effect back. Only called when <see cref="Do"/> completed, or was deferred: then it stops the work.</summary>
    public abstract Task<UndoOutcome> Undo(TUndo command, ReadingStepContext context);
}

/// <summary>A step that reads or locks rows before it writes, and is never undone.</summary>
/// <typeparam name="TDo">The command that executes it.</typeparam>
public abstract class ReadingStepHandler<TDo>
    where TDo : SagaCommand
{
    /// <summary>Writes the effect.</summary>
    public abstract Task<StepOutcome> Do(TDo command, ReadingStepContext context);
}
