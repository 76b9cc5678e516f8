using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Participants.Services.Shipping;

internal sealed class MemoryShipments : IShipments
{
    private readonly Dictionary<Guid, Shipment> shipments = [];

    public Task Create(CommitScope scope, Shipment shipment, CancellationToken cancellationToken)
    {
        shipments.Add(shipment.SagaId, shipment);
        return Task.CompletedTask;
    }

    public Task Cancel(CommitScope scope, Guid sagaId, CancellationToken cancellationToken)
    {
        shipments.Remove(sagaId);
        return Task.CompletedTask;
    }
}
