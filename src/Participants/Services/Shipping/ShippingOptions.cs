namespace SagaOrchestrator.Participants.Services.Shipping;

/// <summary>Bound from the configuration section <c>Shipping</c>.</summary>
internal sealed record ShippingOptions
{
    /// <summary>How many units the carrier takes in one shipment.</summary>
    public int CarrierCapacity { get; init; } = 120;
}
