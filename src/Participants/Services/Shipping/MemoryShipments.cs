using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Participants.Services.Shipping;

internal sealed class MemoryShipments : IShipments
{
    private readonly Dictionary<Guid, Shipment> shipments = [];

    public void Create(CommitScope scope, Shipment shipment)
    {
        shipments.Add(shipment.SagaId, shipment);
    }

    public void Cancel(CommitScope scope, Guid sagaId)
    {
        shipments.Remove(sagaId);
    }
}
