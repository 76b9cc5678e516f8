using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orders;
using SagaOrchestrator.Messages.Orders.Inventory;
using SagaOrchestrator.Messages.Orders.Notifications;
using SagaOrchestrator.Messages.Orders.OrderFulfillment;
using SagaOrchestrator.Messages.Orders.Payments;
using SagaOrchestrator.Messages.Orders.Shipping;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Server.Sagas.OrderFulfillment;

/// <summary>An order goes through inventory, payments, shipping and notifications.</summary>
internal sealed class OrderFulfillmentPlan : Plan<StartOrderFulfillment>
{
    public const string Name = "order-fulfillment";

    public OrderFulfillmentPlan(OrderFulfillmentOptions options)
        : base(Name, version: 1)
    {
        Step<ItemsReserved>("reserve_inventory")
            .At(OrderQueues.Inventory)
            .Within(options.StepTimeout)
            .Retry(options.Attempts, options.FirstRetryDelay)
            .Do(
                (order, _) =>
                    new ReserveItems(order.OrderId, [.. order.Items.Select(item => new ReservationLine(item.ProductId, item.Quantity))])
            )
            .UndoneBy((order, _) => new ReleaseReservation(order.OrderId));

        Step<PaymentProcessed>("process_payment")
            .At(OrderQueues.Payments)
            .Within(options.StepTimeout)
            .Retry(options.Attempts, options.FirstRetryDelay)
            .RetryCompensation(options.CompensationAttempts, options.FirstRetryDelay)
            .Do((order, _) => new ProcessPayment(order.OrderId, order.CustomerId, order.Total, order.Currency, order.PaymentMethod.Token))
            .UndoneBy((order, _) => new RefundPayment(order.OrderId, order.CustomerId));

        Step<ShipmentCreated>("create_shipment", out var shipment)
            .At(OrderQueues.Shipping)
            .Within(options.StepTimeout)
            .Retry(options.Attempts, options.FirstRetryDelay)
            .Do((order, _) => new CreateShipment(order.OrderId, order.Items.Sum(item => item.Quantity), order.ShippingAddress))
            .UndoneBy((order, _) => new CancelShipment(order.OrderId));

        Step<ConfirmationSent>("send_confirmation")
            .At(OrderQueues.Notifications)
            .Within(options.StepTimeout)
            .Retry(options.Attempts, options.FirstRetryDelay)
            .Do((order, saga) => new SendOrderConfirmation(order.OrderId, order.CustomerId, saga.Result(shipment)!.TrackingNumber))
            .UndoneBy((order, _) => new SendCancellationNotice(order.OrderId, order.CustomerId));

        Column("customer", order => order.CustomerId, indexed: true);
        Money("total", order => order.Total, order => order.Currency, indexed: true);
    }

    public override StartOrderFulfillment Example { get; } =
        new(
            "10248",
            "VINET",
            new DateOnly(2026, 1, 31),
            "USD",
            440.00m,
            [new OrderItem("p-07", 10, 44.00m)],
            new PaymentMethod("card", "tok_visa"),
            new ShippingAddress("Vins et alcools Chevalier", "59 rue de l'Abbaye", "Reims", null, "51100", "France")
        );

    public override string BusinessKey(StartOrderFulfillment data) => data.OrderId;

    public override IEnumerable<FieldError> Validate(StartOrderFulfillment data) => OrderRules.Check(data);
}
