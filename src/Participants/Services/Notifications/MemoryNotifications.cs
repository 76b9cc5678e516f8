using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Participants.Services.Notifications;

internal sealed class MemoryNotifications : INotifications
{
    private readonly List<Notification> sent = [];

    public void Record(CommitScope scope, Notification notification)
    {
        sent.Add(notification);
    }
}
