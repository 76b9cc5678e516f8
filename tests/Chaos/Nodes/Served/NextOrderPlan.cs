using SagaOrchestrator.Host.Plans;
using SagaOrchestrator.Host.Sagas.OrderFulfillment;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Inventory;
using SagaOrchestrator.Messages.Notifications;
using SagaOrchestrator.Messages.OrderFulfillment;
using SagaOrchestrator.Messages.Payments;
using SagaOrchestrator.Messages.Shipping;

namespace SagaOrchestrator.Chaos.Nodes.Served;

/// <summary>The next version of the order's plan: it takes the money first.</summary>
internal sealed class NextOrderPlan : Plan<StartOrderFulfillment>
{
    private readonly OrderFulfillmentPlan former;

    public NextOrderPlan(OrderFulfillmentOptions options)
        : base(OrderFulfillmentPlan.Name, version: 2)
    {
        former = new OrderFulfillmentPlan(options);
        Step("process_payment").At(Queues.Payments).Within(options.StepTimeout)
            .Retry(options.Attempts, options.FirstRetryDelay)
            .RetryCompensation(options.CompensationAttempts, options.FirstRetryDelay)
            .Do((order, _) => new ProcessPayment(order.OrderId, order.CustomerId, order.Total, order.Currency, order.PaymentMethod.Token))
            .UndoneBy((order, _) => new RefundPayment(order.OrderId, order.CustomerId));
        Step("reserve_inventory").At(Queues.Inventory).Within(options.StepTimeout)
            .Retry(options.Attempts, options.FirstRetryDelay)
            .Do((order, _) => new ReserveItems(order.OrderId, [.. order.Items.Select(item => new ReservationLine(item.ProductId, item.Quantity))]))
            .UndoneBy((order, _) => new ReleaseReservation(order.OrderId));
        Step("create_shipment").At(Queues.Shipping).Within(options.StepTimeout)
            .Retry(options.Attempts, options.FirstRetryDelay)
            .Do((order, _) => new CreateShipment(order.OrderId, order.Items.Sum(item => item.Quantity), order.ShippingAddress))
            .UndoneBy((order, _) => new CancelShipment(order.OrderId));
        Step("send_confirmation").At(Queues.Notifications).Within(options.StepTimeout)
            .Retry(options.Attempts, options.FirstRetryDelay)
            .Do((order, saga) => new SendOrderConfirmation(order.OrderId, order.CustomerId, saga.Result<ShipmentCreated>("create_shipment")!.TrackingNumber))
            .UndoneBy((order, _) => new SendCancellationNotice(order.OrderId, order.CustomerId));
    }

    public override StartOrderFulfillment Example => former.Example;

    public override string BusinessKey(StartOrderFulfillment data) => former.BusinessKey(data);

    public override IEnumerable<FieldError> Validate(StartOrderFulfillment data) => former.Validate(data);
}
