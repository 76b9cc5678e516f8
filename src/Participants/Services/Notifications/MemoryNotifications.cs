using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.Services.Notifications;

internal sealed class MemoryNotifications : INotifications
{
    private readonly List<Notification> sent = [];

    public void Record(StepContext context, Notification notification)
    {
        sent.Add(notification);
    }
}
