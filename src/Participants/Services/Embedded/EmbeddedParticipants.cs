using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orders;
using SagaOrchestrator.Messaging.Settings;
using SagaOrchestrator.Participants;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Participants.Services.Inventory;
using SagaOrchestrator.Participants.Services.Notifications;
using SagaOrchestrator.Participants.Services.Payments;
using SagaOrchestrator.Participants.Services.Payments.Gateway;
using SagaOrchestrator.Participants.Services.Shipping;

namespace SagaOrchestrator.Participants.Services.Embedded;

/// <summary>All four participants in memory, for a first look without servers. Nothing survives the process.</summary>
internal sealed class EmbeddedParticipants(IEnumerable<StockLine> stock, IConfiguration configuration)
{
    private readonly MemoryShipments shipments = new();
    private readonly MemoryNotifications notifications = new();

    public MemoryStock Stock { get; } = new(stock);

    public MemoryLedger Ledger { get; } = new();

    public MemoryGatewayBook Gateway { get; } = new();

    public void AddTo(IServiceCollection services)
    {
        Add(services, OrderQueues.Inventory, endpoint => endpoint.Add(new ReserveInventoryStep(Stock)));
        Add(
            services,
            OrderQueues.Payments,
            endpoint =>
                endpoint.Add(
                    new ProcessPaymentStep(new SandboxGateway(Gateway), Ledger, configuration.ReadShared<PaymentsOptions>("Payments"))
                )
        );
        Add(
            services,
            OrderQueues.Shipping,
            endpoint => endpoint.Add(new CreateShipmentStep(shipments, configuration.ReadShared<ShippingOptions>("Shipping")))
        );
        Add(services, OrderQueues.Notifications, endpoint => endpoint.Add(new SendConfirmationStep(notifications)));
    }

    private static void Add(IServiceCollection services, string queue, Action<ParticipantEndpoint> steps) =>
        services.AddParticipant(queue, participant => participant.UseInMemory().AddSteps(steps));
}
