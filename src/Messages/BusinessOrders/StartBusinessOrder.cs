using SagaOrchestrator.Messages.OrderFulfillment;
using SagaOrchestrator.Messages.Shipping;

namespace SagaOrchestrator.Messages.BusinessOrders;

/// <summary>
/// Starts the saga <c>business-order</c>: an order of a company, which needs an approval (the signal <c>approval</c>) from a certain
/// total on, and whose payment is final. Send it to the queue <c>orchestrator</c>, or post the same JSON to
/// <c>/api/v1/sagas/business-order</c>.
/// </summary>
/// <remarks>Idempotent by <see cref="OrderId"/> (rule S29). The fields are those of <see cref="StartOrderFulfillment"/>.</remarks>
/// <param name="OrderId">The business key. 1 to 100 characters.</param>
/// <param name="CustomerId">Who ordered. 1 to 100 characters.</param>
/// <param name="Currency">ISO 4217, three capital letters.</param>
/// <param name="Total">The sum of quantity times unit price over all items.</param>
/// <param name="Items">1 to 500 items.</param>
/// <param name="PaymentMethod">How the company pays.</param>
/// <param name="ShippingAddress">Where the order goes.</param>
public sealed record StartBusinessOrder(
    string OrderId,
    string CustomerId,
    string Currency,
    decimal Total,
    IReadOnlyList<OrderItem> Items,
    PaymentMethod PaymentMethod,
    ShippingAddress ShippingAddress);
