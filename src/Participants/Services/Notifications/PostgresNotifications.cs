using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.Services.Notifications;

internal sealed class PostgresNotifications(string schema) : INotifications
{
    private readonly string table = schema + ".notification";

    public void Record(StepContext context, Notification notification) =>
        context.Database.Insert(
            table,
            ("saga_id", notification.SagaId),
            ("order_id", notification.OrderId),
            ("customer_id", notification.CustomerId),
            ("kind", notification.Kind),
            ("body", notification.Body)
        );
}
