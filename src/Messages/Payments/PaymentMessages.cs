namespace SagaOrchestrator.Messages.Payments;

/// <summary>
/// Charge a customer's card. Rejected with <c>card_limit_exceeded</c> or <c>card_declined</c>: no money was taken.
/// Faulted with <c>gateway_error</c>: money may have been taken.
/// </summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">The account that is charged.</param>
/// <param name="Amount">In units of <paramref name="Currency"/>, positive, at most two decimals.</param>
/// <param name="Currency">ISO 4217, for example <c>USD</c>.</param>
/// <param name="PaymentToken">The card's token at the payment gateway. Never logged.</param>
public sealed record ProcessPayment(string OrderId, string CustomerId, decimal Amount, string Currency, string PaymentToken)
    : SagaCommand;

/// <summary>The result of <see cref="ProcessPayment"/>.</summary>
/// <param name="PaymentId">The entry in the payments ledger.</param>
/// <param name="GatewayReference">The gateway's name for the charge.</param>
public sealed record PaymentProcessed(string PaymentId, string GatewayReference);

/// <summary>Give back whatever <see cref="ProcessPayment"/> of the same saga took, even when its outcome is unknown.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">The account that was charged.</param>
public sealed record RefundPayment(string OrderId, string CustomerId) : SagaCommand;
