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
    public string Id => "S-" + OrderId;

    public string TrackingNumber => "TRK" + SagaId.ToString("N")[..12].ToUpperInvariant();
}
