using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Messages.Orders.Inventory;

/// <summary>
/// Reserve all lines or none. Rejected with <c>insufficient_stock</c> or <c>unknown_product</c>; nothing is reserved then.
/// </summary>
/// <param name="OrderId">The order.</param>
/// <param name="Lines">At least one line; quantities in units, positive. A product may occur in several lines.</param>
public sealed record ReserveItems([Length(1, 100)] string OrderId, [Length(1, 1000)] IReadOnlyList<ReservationLine> Lines) : SagaCommand;

/// <summary>Some units of one product.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">Units, positive.</param>
public sealed record ReservationLine([Length(1, 100)] string ProductId, [Range(1, 1_000_000)] int Quantity);

/// <summary>The result of <see cref="ReserveItems"/>.</summary>
/// <param name="ReservationId">Names the reservation in inventory's tables.</param>
/// <param name="Units">How many units all lines hold together.</param>
public sealed record ItemsReserved([Length(1, 200)] string ReservationId, [Range(1, int.MaxValue)] int Units);

/// <summary>Give back what <see cref="ReserveItems"/> of the same saga reserved.</summary>
/// <param name="OrderId">The order.</param>
public sealed record ReleaseReservation([Length(1, 100)] string OrderId) : SagaCommand;
