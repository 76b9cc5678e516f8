using SagaOrchestrator.Messages.Shipping;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Participants.Services.Shipping;

/// <summary>Shipments.</summary>
internal interface IShipments
{
    void Create(CommitScope scope, Shipment shipment);

    void Cancel(CommitScope scope, Guid sagaId);
}

internal sealed record Shipment(Guid SagaId, string OrderId, int Units, ShippingAddress Address)
{
    // Of the saga, not of the order: sagas of two types may have the same order id.
    public string Id => "S-" + SagaId.ToString("N");

    public string TrackingNumber => "TRK" + SagaId.ToString("N").ToUpperInvariant();
}
