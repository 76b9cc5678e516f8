using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.Services.Shipping;

internal sealed class MemoryShipments : IShipments
{
    private readonly Dictionary<Guid, Shipment> shipments = [];

    public void Create(StepContext context, Shipment shipment)
    {
        shipments.Add(shipment.SagaId, shipment);
    }

    public void Cancel(StepContext context)
    {
        shipments.Remove(context.SagaId);
    }
}
