using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orders;
using SagaOrchestrator.Messages.Orders.Inventory;
using SagaOrchestrator.Messages.Orders.Notifications;
using SagaOrchestrator.Messages.Orders.OrderFulfillment;
using SagaOrchestrator.Messages.Orders.Payments;
using SagaOrchestrator.Messages.Orders.Shipping;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Server.Sagas.OrderFulfillment;

namespace SagaOrchestrator.Chaos.Nodes.Served;

/// <summary>The next version of the order's plan: it takes the money first.</summary>
internal sealed class NextOrderPlan : Plan<StartOrderFulfillment>
{
    private readonly OrderFulfillmentPlan former;

    public NextOrderPlan(OrderFulfillmentOptions options)
        : base(OrderFulfillmentPlan.Name, version: 2)
    {
        former = new OrderFulfillmentPlan(options);
        Step("process_payment")
            .At(OrderQueues.Payments)
            .Within(options.StepTimeout)
            .Retry(options.Attempts, options.FirstRetryDelay)
            .RetryCompensation(options.CompensationAttempts, options.FirstRetryDelay)
            .Do((order, _) => new ProcessPayment(order.OrderId, order.CustomerId, order.Total, order.Currency, order.PaymentMethod.Token))
            .UndoneBy((order, _) => new RefundPayment(order.OrderId, order.CustomerId));
        Step("reserve_inventory")
            .At(OrderQueues.Inventory)
            .Within(options.StepTimeout)
            .Retry(options.Attempts, options.FirstRetryDelay)
            .Do(
                (order, _) =>
                    new ReserveItems(order.OrderId, [.. order.Items.Select(item => new ReservationLine(item.ProductId, item.Quantity))])
            )
            .UndoneBy((order, _) => new ReleaseReservation(order.OrderId));
        Step<ShipmentCreated>("create_shipment", out var shipment)
            .At(OrderQueues.Shipping)
            .Within(options.StepTimeout)
            .Retry(options.Attempts, options.FirstRetryDelay)
            .Do((order, _) => new CreateShipment(order.OrderId, order.Items.Sum(item => item.Quantity), order.ShippingAddress))
            .UndoneBy((order, _) => new CancelShipment(order.OrderId));
        Step("send_confirmation")
            .At(OrderQueues.Notifications)
            .Within(options.StepTimeout)
            .Retry(options.Attempts, options.FirstRetryDelay)
            .Do((order, saga) => new SendOrderConfirmation(order.OrderId, order.CustomerId, saga.Result(shipment)!.TrackingNumber))
            .UndoneBy((order, _) => new SendCancellationNotice(order.OrderId, order.CustomerId));
    }

    public override StartOrderFulfillment Example => former.Example;

    public override string BusinessKey(StartOrderFulfillment data) => former.BusinessKey(data);

    public override IEnumerable<FieldError> Validate(StartOrderFulfillment data) => former.Validate(data);
}
