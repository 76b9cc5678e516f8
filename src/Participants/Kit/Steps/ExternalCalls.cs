using MassTransit;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Capture;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Participants.Sensitive;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>Calls outside, each after a durable note that it has begun.</summary>
internal sealed class ExternalCalls(IFence fence, ServiceOutbox outbox, ILogger log)
{
    public async Task<IUnitWork> Do<TDo, TUndo, TDone, TUndone>(
        ConsumeContext<TDo> context,
        (TDo Message, ResultSeal? Seal) read,
        ExternalStepHandler<TDo, TUndo, TDone, TUndone> step
    )
        where TDo : SagaCommand
        where TUndo : SagaCommand
    {
        var command = Commands.Of(context, CommandDirection.Do);
        DoWork Work(Func<CommitScope, CancellationToken, Task<StepOutcome>> effect) =>
            new(command, fence, log, effect, readsFirst: false, wasBegun: true, read.Seal);
        if (!await Begin(command, context.UnitOfWork().IsFirstDelivery, context.CancellationToken))
        {
            // The fence has the answer; the effect is not reached.
            return Work((_, _) => Task.FromResult<StepOutcome>(new StepOutcome.NoAnswer()));
        }

        try
        {
            var done = await step.CallDo(read.Message, new StepCall(command, context.CancellationToken));
            return Work((scope, token) => step.Do(read.Message, done, new StepContext(command, scope, token)));
        }
        catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            return Work((_, _) => Task.FromResult(Explained(step.Explain(exception), exception, read.Seal is not null)));
        }
    }

    public async Task<IUnitWork> Undo<TDo, TUndo, TDone, TUndone>(
        ConsumeContext<TUndo> context,
        TUndo message,
        bool isMarked,
        ExternalStepHandler<TDo, TUndo, TDone, TUndone> step
    )
        where TDo : SagaCommand
        where TUndo : SagaCommand
    {
        var command = Commands.Of(context, CommandDirection.Undo);
        UndoWork Work(Func<CommitScope, CancellationToken, Task<UndoOutcome>> effect) =>
            new(command, fence, log, effect, readsFirst: false, isMarked);
        if (!await Begin(command, context.UnitOfWork().IsFirstDelivery, context.CancellationToken))
        {
            return Work((_, _) => Task.FromResult<UndoOutcome>(new UndoOutcome.Completed()));
        }

        try
        {
            var undone = await step.CallUndo(message, new StepCall(command, context.CancellationToken));
            return Work((scope, token) => step.Undo(message, undone, new StepContext(command, scope, token)));
        }
        catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            return Work(
                (_, _) => Task.FromResult<UndoOutcome>(new UndoOutcome.Failed("external_error", Effect.Reason(exception, isMarked)))
            );
        }
    }

    // What a handler says in its own words is its own affair.
    private static StepOutcome Explained(StepOutcome outcome, Exception exception, bool isMarked) =>
        isMarked && outcome is StepOutcome.Faulted faulted && faulted.Reason == exception.Message
            ? faulted with
            {
                Reason = Effect.Reason(exception, isMarked),
            }
            : outcome;

    private async Task<bool> Begin(CommandContext command, bool isFirstDelivery, CancellationToken cancellationToken)
    {
        var begin = new BeginWork(command, fence);
        using var unit = new UnitOfWork(inbox: null) { IsFirstDelivery = isFirstDelivery };
        unit.Add(begin);
        await outbox.Committer.Commit(unit, cancellationToken);
        return begin.Proceed;
    }
}
