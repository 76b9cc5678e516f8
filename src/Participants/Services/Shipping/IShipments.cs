using SagaOrchestrator.Messages.Shipping;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Participants.Services.Shipping;

/// <summary>Shipments.</summary>
internal interface IShipments
{
    Task Create(CommitScope scope, Shipment shipment, CancellationToken cancellationToken);

    Task Cancel(CommitScope scope, Guid sagaId, CancellationToken cancellationToken);
}

internal sealed record Shipment(Guid SagaId, string OrderId, int Units, ShippingAddress Address)
{
    public string Id => "S-" + OrderId;

    public string TrackingNumber => "TRK" + SagaId.ToString("N")[..12].ToUpperInvariant();
}
