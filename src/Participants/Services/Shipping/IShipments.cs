using SagaOrchestrator.Messages.Orders.Shipping;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.Services.Shipping;

/// <summary>Shipments.</summary>
internal interface IShipments
{
    void Create(StepContext context, Shipment shipment);

    void Cancel(StepContext context);
}

internal sealed record Shipment(Guid SagaId, string OrderId, int Units, ShippingAddress Address)
{
    // Of the saga, not of the order: sagas of two types may have the same order id.
    public string Id => "S-" + SagaId.ToString("N");

    public string TrackingNumber => "TRK" + SagaId.ToString("N").ToUpperInvariant();
}
