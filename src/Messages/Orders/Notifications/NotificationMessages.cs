using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Messages.Orders.Notifications;

/// <summary>Tell the customer that the order is on its way.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Who is told.</param>
/// <param name="TrackingNumber">What the shipment can be followed by.</param>
public sealed record SendOrderConfirmation(
    [Length(1, 100)] string OrderId,
    [Length(1, 100)] string CustomerId,
    [Length(1, 200)] string TrackingNumber
) : SagaCommand;

/// <summary>The result of <see cref="SendOrderConfirmation"/>.</summary>
/// <param name="NotificationId">The record of what was sent.</param>
public sealed record ConfirmationSent([Length(1, 200)] string NotificationId);

/// <summary>Tell the customer that the order was cancelled after all. The compensation of <see cref="SendOrderConfirmation"/>.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Who is told.</param>
public sealed record SendCancellationNotice([Length(1, 100)] string OrderId, [Length(1, 100)] string CustomerId) : SagaCommand;
