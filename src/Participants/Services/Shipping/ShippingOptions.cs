using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Participants.Services.Shipping;

/// <summary>Bound from the configuration section <c>Shipping</c>.</summary>
internal sealed record ShippingOptions
{
    /// <summary>How many units the carrier takes in one shipment.</summary>
    [Range(1, 1_000_000_000)]
    public int CarrierCapacity { get; init; } = 120;
}
