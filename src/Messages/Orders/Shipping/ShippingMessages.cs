using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Messages.Orders.Shipping;

/// <summary>
/// Create a shipment. Rejected with <c>over_capacity</c> when the units exceed the carrier's capacity and with
/// <c>incomplete_address</c> when street, city or country is missing.
/// </summary>
/// <param name="OrderId">The order.</param>
/// <param name="Units">Units to ship, positive.</param>
/// <param name="Address">Where to.</param>
public sealed record CreateShipment([Length(1, 100)] string OrderId, [Range(1, int.MaxValue)] int Units, ShippingAddress Address)
    : SagaCommand;

/// <summary>A postal address. Name, street, city and country are required to ship.</summary>
/// <param name="Name">The recipient; encrypted for the customer wherever it is kept or sent.</param>
/// <param name="Street">Street and number.</param>
/// <param name="City">The city.</param>
/// <param name="Region">State, province or region; may be null.</param>
/// <param name="PostalCode">May be null.</param>
/// <param name="Country">The country.</param>
public sealed record ShippingAddress(
    [Sensitive] [StringLength(200)] string? Name,
    [StringLength(200)] string? Street,
    [StringLength(200)] string? City,
    [StringLength(200)] string? Region,
    [StringLength(50)] string? PostalCode,
    [StringLength(100)] string? Country
);

/// <summary>The result of <see cref="CreateShipment"/>.</summary>
/// <param name="ShipmentId">The shipment.</param>
/// <param name="TrackingNumber">What the customer can follow it by.</param>
public sealed record ShipmentCreated([Length(1, 200)] string ShipmentId, [Length(1, 200)] string TrackingNumber);

/// <summary>Cancel the shipment that <see cref="CreateShipment"/> of the same saga created.</summary>
/// <param name="OrderId">The order.</param>
public sealed record CancelShipment([Length(1, 100)] string OrderId) : SagaCommand;
