using SagaOrchestrator.Messages.Orders;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Messaging.Settings;
using SagaOrchestrator.Participants;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Participants.Services.Inventory;
using SagaOrchestrator.Participants.Services.Notifications;
using SagaOrchestrator.Participants.Services.Payments;
using SagaOrchestrator.Participants.Services.Payments.Gateway;
using SagaOrchestrator.Participants.Services.Shipping;

namespace SagaOrchestrator.Participants.Services;

/// <summary>One of the services of this project: its name (also its queue, schema, role and broker user) and its steps.</summary>
internal sealed record ParticipantService(string Name, Action<ParticipantBuilder, IConfiguration> Configure)
{
    public static IReadOnlyList<ParticipantService> All { get; } =
    [
        new(
            OrderQueues.Inventory,
            (inventory, _) =>
            {
                inventory.Services.AddSingleton<IStock>(new PostgresStock(OrderQueues.Inventory));
                inventory.AddStep<ReserveInventoryStep>();
            }
        ),
        new(
            OrderQueues.Payments,
            (payments, configuration) =>
            {
                payments.Services.AddSingleton<IGatewayBook>(provider =>
                    ActivatorUtilities.CreateInstance<PostgresGatewayBook>(provider, OrderQueues.Payments)
                );
                payments.Services.AddSingleton<SandboxGateway>();
                payments.Services.AddSingleton<ILedger>(new PostgresLedger(OrderQueues.Payments));
                payments.Services.AddSingleton(configuration.ReadShared<PaymentsOptions>("Payments"));
                payments.AddStep<ProcessPaymentStep>();
            }
        ),
        new(
            OrderQueues.Shipping,
            (shipping, configuration) =>
            {
                shipping.Services.AddSingleton<IShipments>(new PostgresShipments(OrderQueues.Shipping));
                shipping.Services.AddSingleton(configuration.ReadShared<ShippingOptions>("Shipping"));
                shipping.AddStep<CreateShipmentStep>();
            }
        ),
        new(
            OrderQueues.Notifications,
            (notifications, _) =>
            {
                notifications.Services.AddSingleton<INotifications>(new PostgresNotifications(OrderQueues.Notifications));
                notifications.AddStep<SendConfirmationStep>();
            }
        ),
    ];
}
