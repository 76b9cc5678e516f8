using SagaOrchestrator.Messages.Orders.Notifications;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Chaos.Plants;

/// <summary>For one saga in ten the step is tried again in the transaction in which its first attempt has written already.</summary>
internal sealed class RetriedInTransaction(StepHandler<SendOrderConfirmation, SendCancellationNotice> step)
    : StepHandler<SendOrderConfirmation, SendCancellationNotice>
{
    private const int Every = 10;

    public override async Task<StepOutcome> Do(SendOrderConfirmation command, StepContext context)
    {
        var outcome = await step.Do(command, context);
        return context.SagaId.ToByteArray()[0] % Every == 0 ? await step.Do(command, context) : outcome;
    }

    public override Task<UndoOutcome> Undo(SendCancellationNotice command, StepContext context) => step.Undo(command, context);
}
