using System.ComponentModel.DataAnnotations;
using SagaOrchestrator.Messages.Orders.OrderFulfillment;
using SagaOrchestrator.Messages.Orders.Shipping;

namespace SagaOrchestrator.Messages.Orders.BusinessOrders;

/// <summary>
/// Starts the saga <c>business-order</c>: an order of a company, which needs an approval (the signal <c>approval</c>) from a certain
/// total on, and whose payment is final. Send it to the queue <c>orchestrator</c>, or post the same JSON to
/// <c>/api/v1/sagas/business-order</c>.
/// </summary>
/// <remarks>Idempotent by <see cref="OrderId"/> (rule S29). The fields are those of <see cref="StartOrderFulfillment"/>.</remarks>
/// <param name="OrderId">The business key: 1 to 100 characters, compared byte by byte.</param>
/// <param name="CustomerId">Who ordered. 1 to 100 characters.</param>
/// <param name="Currency">ISO 4217, for example <c>USD</c>. Amounts have its decimals: none for JPY, three for KWD.</param>
/// <param name="Total">The sum of quantity times unit price over all items; more than zero.</param>
/// <param name="Items">1 to 500 items.</param>
/// <param name="PaymentMethod">How the company pays.</param>
/// <param name="ShippingAddress">Where the order goes.</param>
[Sensitive(Subject = nameof(CustomerId))]
public sealed record StartBusinessOrder(
    [property: Key] [Length(1, 100)] string OrderId,
    [property: Key] [Length(1, 100)] string CustomerId,
    [Length(3, 3)] string Currency,
    [Range(typeof(decimal), "0", "1000000000000")] [DataType(DataType.Currency)] decimal Total,
    [Length(1, 500)] IReadOnlyList<OrderItem> Items,
    PaymentMethod PaymentMethod,
    ShippingAddress ShippingAddress
);
