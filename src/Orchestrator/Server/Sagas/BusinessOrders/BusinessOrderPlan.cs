using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orders;
using SagaOrchestrator.Messages.Orders.BusinessOrders;
using SagaOrchestrator.Messages.Orders.Inventory;
using SagaOrchestrator.Messages.Orders.Notifications;
using SagaOrchestrator.Messages.Orders.OrderFulfillment;
using SagaOrchestrator.Messages.Orders.Payments;
using SagaOrchestrator.Messages.Orders.Shipping;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Server.Sagas.OrderFulfillment;

namespace SagaOrchestrator.Server.Sagas.BusinessOrders;

/// <summary>
/// An order of a company: goods and carrier are booked side by side, large orders wait for an approval, and once it is paid
/// the order goes forward only.
/// </summary>
internal sealed class BusinessOrderPlan : Plan<StartBusinessOrder>
{
    public const string Name = "business-order";
    public const string Approval = "approval";

    public BusinessOrderPlan(BusinessOrderOptions options)
        : base(Name, version: 1)
    {
        GivesUpAfter(options.GivesUpAfter);

        Parallel(
            Step<ItemsReserved>("reserve_inventory")
                .At(OrderQueues.Inventory)
                .Within(options.StepTimeout)
                .Retry(options.Attempts, options.FirstRetryDelay)
                .Do(
                    (order, _) =>
                        new ReserveItems(order.OrderId, [.. order.Items.Select(item => new ReservationLine(item.ProductId, item.Quantity))])
                )
                .UndoneBy((order, _) => new ReleaseReservation(order.OrderId)),
            Step<ShipmentCreated>("create_shipment", out var shipment)
                .At(OrderQueues.Shipping)
                .Within(options.StepTimeout)
                .CompensateWhenUnknown()
                .Do((order, _) => new CreateShipment(order.OrderId, order.Items.Sum(item => item.Quantity), order.ShippingAddress))
                .UndoneBy((order, _) => new CancelShipment(order.OrderId))
        );

        Step("await_approval").WaitsFor(Approval).Within(options.ApprovalWithin).If((order, _) => order.Total >= options.ApprovalFrom);

        Step<PaymentProcessed>("process_payment")
            .AsPivot()
            .At(OrderQueues.Payments)
            .Within(options.StepTimeout)
            .Retry(options.Attempts, options.FirstRetryDelay)
            .EnquireWhenUnknown()
            .Do((order, _) => new ProcessPayment(order.OrderId, order.CustomerId, order.Total, order.Currency, order.PaymentMethod.Token));

        Step<ConfirmationSent>("send_confirmation")
            .AsRetriable()
            .At(OrderQueues.Notifications)
            .Within(options.StepTimeout)
            .Retry(options.Attempts, options.FirstRetryDelay)
            .Do((order, saga) => new SendOrderConfirmation(order.OrderId, order.CustomerId, saga.Result(shipment)!.TrackingNumber));

        Column("customer", order => order.CustomerId, indexed: true);
        Money("total", order => order.Total, order => order.Currency, indexed: true);
    }

    public override StartBusinessOrder Example { get; } =
        new(
            "B-10248",
            "VINET",
            "USD",
            440.00m,
            [new OrderItem("p-07", 10, 44.00m)],
            new PaymentMethod("card", "tok_visa"),
            new ShippingAddress("Vins et alcools Chevalier", "59 rue de l'Abbaye", "Reims", null, "51100", "France")
        );

    public override string BusinessKey(StartBusinessOrder data) => data.OrderId;

    public override IEnumerable<FieldError> Validate(StartBusinessOrder data) =>
        OrderRules.Check(
            new StartOrderFulfillment(
                data.OrderId,
                data.CustomerId,
                OrderedOn: null,
                data.Currency,
                data.Total,
                data.Items,
                data.PaymentMethod,
                data.ShippingAddress
            )
        );
}
