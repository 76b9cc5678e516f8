namespace SagaOrchestrator.Messages.Notifications;

/// <summary>Tell the customer that the order is on its way.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Who is told.</param>
/// <param name="TrackingNumber">What the shipment can be followed by.</param>
public sealed record SendOrderConfirmation(string OrderId, string CustomerId, string TrackingNumber) : SagaCommand;

/// <summary>The result of <see cref="SendOrderConfirmation"/>.</summary>
/// <param name="NotificationId">The record of what was sent.</param>
public sealed record ConfirmationSent(string NotificationId);

/// <summary>Tell the customer that the order was cancelled after all. The compensation of <see cref="SendOrderConfirmation"/>.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Who is told.</param>
public sealed record SendCancellationNotice(string OrderId, string CustomerId) : SagaCommand;
