using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Participants.Services.Notifications;

internal sealed class MemoryNotifications : INotifications
{
    private readonly List<Notification> sent = [];

    public Task Record(CommitScope scope, Notification notification, CancellationToken cancellationToken)
    {
        sent.Add(notification);
        return Task.CompletedTask;
    }
}
