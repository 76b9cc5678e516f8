using MassTransit;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Capture;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Participants.Fencing;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>Calls outside, each after a durable note that it has begun.</summary>
internal sealed class ExternalCalls(IFence fence, ServiceOutbox outbox, ILogger log)
{
    public async Task<IUnitWork> Do<TDo, TUndo, TDone, TUndone>(
        ConsumeContext<TDo> context,
        ExternalStepHandler<TDo, TUndo, TDone, TUndone> step
    )
        where TDo : SagaCommand
        where TUndo : SagaCommand
    {
        var (command, message) = (Commands.Of(context, CommandDirection.Do), context.Message);
        DoWork Work(Func<CommitScope, CancellationToken, Task<StepOutcome>> effect) =>
            new(command, fence, log, effect, readsFirst: false, wasBegun: true);
        if (!await Begin(command, context.UnitOfWork().IsFirstDelivery, context.CancellationToken))
        {
            // The fence has the answer; the effect is not reached.
            return Work((_, _) => Task.FromResult<StepOutcome>(new StepOutcome.NoAnswer()));
        }

        try
        {
            var done = await step.CallDo(message, new StepCall(command, context.CancellationToken));
            return Work((scope, token) => step.Do(message, done, new StepContext(command, scope, token)));
        }
        catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            return Work((_, _) => Task.FromResult(step.Explain(exception)));
        }
    }

    public async Task<IUnitWork> Undo<TDo, TUndo, TDone, TUndone>(
        ConsumeContext<TUndo> context,
        ExternalStepHandler<TDo, TUndo, TDone, TUndone> step
    )
        where TDo : SagaCommand
        where TUndo : SagaCommand
    {
        var (command, message) = (Commands.Of(context, CommandDirection.Undo), context.Message);
        UndoWork Work(Func<CommitScope, CancellationToken, Task<UndoOutcome>> effect) =>
            new(command, fence, log, effect, readsFirst: false);
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
            return Work((_, _) => Task.FromResult<UndoOutcome>(new UndoOutcome.Failed("external_error", exception.Message)));
        }
    }

    private async Task<bool> Begin(CommandContext command, bool isFirstDelivery, CancellationToken cancellationToken)
    {
        var begin = new BeginWork(command, fence);
        using var unit = new UnitOfWork(inbox: null) { IsFirstDelivery = isFirstDelivery };
        unit.Add(begin);
        await outbox.Committer.Commit(unit, cancellationToken);
        return begin.Proceed;
    }
}
