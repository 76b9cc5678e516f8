using SagaOrchestrator.Messages.Shipping;

namespace SagaOrchestrator.Messages.OrderFulfillment;

/// <summary>
/// Starts the saga <c>order-fulfillment</c>. Send it to the queue <c>orchestrator</c>, or post the same JSON to
/// <c>/api/v1/sagas/order-fulfillment</c>. The saga ends with <see cref="SagaCompleted"/> or <see cref="SagaFailed"/>.
/// </summary>
/// <remarks>
/// Idempotent by <see cref="OrderId"/> (rule S29): the same order again changes nothing, another order under the
/// same id is refused as a conflict that names the existing saga.
/// </remarks>
/// <param name="OrderId">The business key. 1 to 100 characters.</param>
/// <param name="CustomerId">Who ordered. 1 to 100 characters.</param>
/// <param name="OrderedOn">The day of the order; may be null.</param>
/// <param name="Currency">ISO 4217, three capital letters.</param>
/// <param name="Total">The sum of quantity times unit price over all items.</param>
/// <param name="Items">1 to 500 items.</param>
/// <param name="PaymentMethod">How the customer pays.</param>
/// <param name="ShippingAddress">Where the order goes. Whether it is complete is for the shipping service to say.</param>
public sealed record StartOrderFulfillment(
    string OrderId,
    string CustomerId,
    DateOnly? OrderedOn,
    string Currency,
    decimal Total,
    IReadOnlyList<OrderItem> Items,
    PaymentMethod PaymentMethod,
    ShippingAddress ShippingAddress);

/// <summary>One line of an order.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">Units, 1 or more.</param>
/// <param name="UnitPrice">In the order's currency, zero or more.</param>
public sealed record OrderItem(string ProductId, int Quantity, decimal UnitPrice);

/// <summary>How the customer pays.</summary>
/// <param name="Type">Only <c>card</c> so far.</param>
/// <param name="Token">The card's token at the payment gateway. Never logged.</param>
public sealed record PaymentMethod(string Type, string Token);
