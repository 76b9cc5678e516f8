using System.ComponentModel.DataAnnotations;
using SagaOrchestrator.Messages.Orders.OrderFulfillment;

namespace SagaOrchestrator.Choreography.Events;

/// <summary>Asks the order service to take an order. It is the only message that is no event.</summary>
/// <param name="Order">The order, as the orchestrator takes it too.</param>
public sealed record PlaceOrder(StartOrderFulfillment Order);

/// <summary>An order is taken. The order travels with the events, so that nobody has to ask for it.</summary>
/// <param name="Order">The order.</param>
public sealed record OrderPlaced(StartOrderFulfillment Order);

/// <summary>Inventory keeps all lines for the order.</summary>
/// <param name="Order">The order.</param>
public sealed record StockReserved(StartOrderFulfillment Order);

/// <summary>Inventory keeps nothing for the order, which is over.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Code">Why, in a word.</param>
/// <param name="Reason">Why.</param>
public sealed record StockRejected([property: Key] [Length(1, 100)] string OrderId, string Code, string Reason);

/// <summary>The order is paid.</summary>
/// <param name="Order">The order.</param>
public sealed record PaymentTaken(StartOrderFulfillment Order);

/// <summary>No money was taken, or it was given back at once.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Code">Why, in a word.</param>
/// <param name="Reason">Why.</param>
public sealed record PaymentRejected([property: Key] [Length(1, 100)] string OrderId, string Code, string Reason);

/// <summary>The carrier has the order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Who ordered.</param>
/// <param name="TrackingNumber">The carrier's number.</param>
public sealed record ShipmentCreated(
    [property: Key] [Length(1, 100)] string OrderId,
    [property: Key] [Length(1, 100)] string CustomerId,
    string TrackingNumber
);

/// <summary>The carrier does not take the order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Code">Why, in a word.</param>
/// <param name="Reason">Why.</param>
public sealed record ShipmentRejected([property: Key] [Length(1, 100)] string OrderId, string Code, string Reason);

/// <summary>The money is given back, because of what happened later.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Code">Why, in a word.</param>
/// <param name="Reason">Why.</param>
public sealed record PaymentRefunded([property: Key] [Length(1, 100)] string OrderId, string Code, string Reason);

/// <summary>The stock is available again, and the order is over.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Code">Why, in a word.</param>
/// <param name="Reason">Why.</param>
public sealed record StockReleased([property: Key] [Length(1, 100)] string OrderId, string Code, string Reason);

/// <summary>The customer knows, and the order is over.</summary>
/// <param name="OrderId">The order.</param>
public sealed record ConfirmationSent([property: Key] [Length(1, 100)] string OrderId);
