using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Messages.Orders.Payments;

/// <summary>
/// Charge a customer's card. Rejected with <c>card_limit_exceeded</c> or <c>card_declined</c>: no money was taken.
/// Faulted with <c>gateway_error</c>: money may have been taken.
/// </summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">The account that is charged.</param>
/// <param name="Amount">In units of <paramref name="Currency"/>, positive, with the decimals that ISO 4217 gives the currency.</param>
/// <param name="Currency">ISO 4217, for example <c>USD</c>.</param>
/// <param name="PaymentToken">The card's token at the payment gateway. Never logged.</param>
public sealed record ProcessPayment(
    [Length(1, 100)] string OrderId,
    [Length(1, 100)] string CustomerId,
    [Range(typeof(decimal), "0", "1000000000000")] [DataType(DataType.Currency)] decimal Amount,
    [Length(3, 3)] string Currency,
    [Length(1, 200)] string PaymentToken
) : SagaCommand;

/// <summary>The result of <see cref="ProcessPayment"/>.</summary>
/// <param name="PaymentId">The entry in the payments ledger.</param>
/// <param name="GatewayReference">The gateway's name for the charge.</param>
public sealed record PaymentProcessed([Length(1, 200)] string PaymentId, [Length(1, 200)] string GatewayReference);

/// <summary>Give back whatever <see cref="ProcessPayment"/> of the same saga took, even when its outcome is unknown.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">The account that was charged.</param>
public sealed record RefundPayment([Length(1, 100)] string OrderId, [Length(1, 100)] string CustomerId) : SagaCommand;
