using SagaOrchestrator.Messages.Orders.Notifications;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.Services.Notifications;

/// <summary>Tells the customer; a message that was sent cannot be taken back, so the compensation sends another.</summary>
internal sealed class SendConfirmationStep(INotifications notifications) : StepHandler<SendOrderConfirmation, SendCancellationNotice>
{
    public override Task<StepOutcome> Do(SendOrderConfirmation command, StepContext context)
    {
        notifications.Record(
            context,
            new Notification(
                context.SagaId,
                command.OrderId,
                command.CustomerId,
                Notification.Confirmation,
                $"Order {command.OrderId} is on its way. Follow it by {command.TrackingNumber}."
            )
        );
        return new StepOutcome.Completed(new ConfirmationSent($"N-{context.SagaId:N}"));
    }

    public override Task<UndoOutcome> Undo(SendCancellationNotice command, StepContext context)
    {
        notifications.Record(
            context,
            new Notification(
                context.SagaId,
                command.OrderId,
                command.CustomerId,
                Notification.Cancellation,
                $"Order {command.OrderId} was cancelled. You owe nothing."
            )
        );
        return new UndoOutcome.Completed();
    }
}
