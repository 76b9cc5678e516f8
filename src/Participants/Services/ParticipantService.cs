using Npgsql;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Outbox.Schema;
using SagaOrchestrator.Outbox.Settings;
using SagaOrchestrator.Participants.Kit;
using SagaOrchestrator.Participants.Services.Inventory;
using SagaOrchestrator.Participants.Services.Notifications;
using SagaOrchestrator.Participants.Services.Payments;
using SagaOrchestrator.Participants.Services.Payments.Gateway;
using SagaOrchestrator.Participants.Services.Shipping;

namespace SagaOrchestrator.Participants.Services;

/// <summary>One of the services of this project: its name (also its queue, schema, role and broker user) and its steps.</summary>
internal sealed record ParticipantService(string Name, Action<ParticipantEndpoint, NpgsqlDataSource, IConfiguration> AddSteps)
{
    public static IReadOnlyList<ParticipantService> All { get; } =
    [
        new(Queues.Inventory, (endpoint, _, _) =>
            endpoint.Add(new ReserveInventoryStep(new PostgresStock(Queues.Inventory)))),
        new(Queues.Payments, (endpoint, database, configuration) =>
            endpoint.Add(new ProcessPaymentStep(
                new SandboxGateway(new PostgresGatewayBook(database, Queues.Payments)),
                new PostgresLedger(Queues.Payments),
                configuration.ReadShared<PaymentsOptions>("Payments")))),
        new(Queues.Shipping, (endpoint, _, configuration) =>
            endpoint.Add(new CreateShipmentStep(
                new PostgresShipments(Queues.Shipping),
                configuration.ReadShared<ShippingOptions>("Shipping")))),
        new(Queues.Notifications, (endpoint, _, _) =>
            endpoint.Add(new SendConfirmationStep(new PostgresNotifications(Queues.Notifications)))),
    ];

    public IEnumerable<SchemaScript> Schema =>
        [.. ParticipantEndpoint.Schema, .. SchemaScript.Embedded(typeof(ParticipantService).Assembly, Name + "/")];
}
