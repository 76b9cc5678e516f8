using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Participants.Services.Notifications;

internal sealed class PostgresNotifications(string schema) : INotifications
{
    private readonly string insert =
        $"insert into {schema}.notification (saga_id, order_id, customer_id, kind, body) values ($1, $2, $3, $4, $5)";

    public void Record(CommitScope scope, Notification notification) => ((PostgresScope)scope).Write(
        insert, notification.SagaId, notification.OrderId, notification.CustomerId, notification.Kind, notification.Body);
}
