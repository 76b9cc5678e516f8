using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.Services.Notifications;

/// <summary>What was sent to customers.</summary>
internal interface INotifications
{
    void Record(StepContext context, Notification notification);
}

internal sealed record Notification(Guid SagaId, string OrderId, string CustomerId, string Kind, string Body)
{
    public const string Confirmation = "order_confirmation";
    public const string Cancellation = "cancellation_notice";
}
