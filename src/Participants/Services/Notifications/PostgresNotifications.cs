using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Participants.Services.Notifications;

internal sealed class PostgresNotifications(string schema) : INotifications
{
    private readonly string insert =
        $"insert into {schema}.notification (saga_id, order_id, customer_id, kind, body) values ($1, $2, $3, $4, $5)";

    public async Task Record(CommitScope scope, Notification notification, CancellationToken cancellationToken)
    {
        await using var command = ((PostgresScope)scope).Command(
            insert, notification.SagaId, notification.OrderId, notification.CustomerId, notification.Kind, notification.Body);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
