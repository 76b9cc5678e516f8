using System.ComponentModel.DataAnnotations;
using SagaOrchestrator.Messages.Orders.Shipping;

namespace SagaOrchestrator.Messages.Orders.OrderFulfillment;

/// <summary>
/// Starts the saga <c>order-fulfillment</c>. Send it to the queue <c>orchestrator</c>, or post the same JSON to
/// <c>/api/v1/sagas/order-fulfillment</c>. The saga ends with <see cref="SagaCompleted"/> or <see cref="SagaFailed"/>.
/// </summary>
/// <remarks>
/// Idempotent by <see cref="OrderId"/> (rule S29): the same order again changes nothing, another order under the
/// same id is refused as a conflict that names the existing saga.
/// </remarks>
/// <param name="OrderId">The business key: 1 to 100 characters, compared byte by byte.</param>
/// <param name="CustomerId">Who ordered. 1 to 100 characters.</param>
/// <param name="OrderedOn">The day of the order; may be null.</param>
/// <param name="Currency">ISO 4217, for example <c>USD</c>. Amounts have its decimals: none for JPY, three for KWD.</param>
/// <param name="Total">The sum of quantity times unit price over all items; more than zero.</param>
/// <param name="Items">1 to 500 items.</param>
/// <param name="PaymentMethod">How the customer pays.</param>
/// <param name="ShippingAddress">Where the order goes. Whether it is complete is for the shipping service to say.</param>
[Sensitive(Subject = nameof(CustomerId))]
public sealed record StartOrderFulfillment(
    [property: Key] [Length(1, 100)] string OrderId,
    [property: Key] [Length(1, 100)] string CustomerId,
    DateOnly? OrderedOn,
    [Length(3, 3)] string Currency,
    [Range(typeof(decimal), "0", "1000000000000")] [DataType(DataType.Currency)] decimal Total,
    [Length(1, 500)] IReadOnlyList<OrderItem> Items,
    PaymentMethod PaymentMethod,
    ShippingAddress ShippingAddress
);

/// <summary>One line of an order.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">Units, 1 or more.</param>
/// <param name="UnitPrice">In the order's currency, zero or more.</param>
public sealed record OrderItem(
    [property: Key] [Length(1, 100)] string ProductId,
    [Range(1, 1_000_000)] int Quantity,
    [Range(typeof(decimal), "0", "1000000000")] [DataType(DataType.Currency)] decimal UnitPrice
);

/// <summary>How the customer pays.</summary>
/// <param name="Type">Only <c>card</c> so far.</param>
/// <param name="Token">The card's token at the payment gateway. Never logged.</param>
public sealed record PaymentMethod([AllowedValues("card")] string Type, [Length(1, 200)] string Token);
