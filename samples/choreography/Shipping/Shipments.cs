using SagaOrchestrator.Choreography.Events;
using SagaOrchestrator.Choreography.Hosting;
using SagaOrchestrator.Messages.Orders.OrderFulfillment;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Choreography.Shipping;

/// <summary>Hands a paid order to the carrier, if it fits and has an address.</summary>
internal static class Shipments
{
    private const string Schema = "choreo_shipping";
    private const int CarrierCapacity = 120;

    public static Service Service { get; } =
        new(
            Schema,
            Publishes: [typeof(ShipmentCreated), typeof(ShipmentRejected)],
            Reads: [typeof(PaymentTaken)],
            (reactions, _, _) => reactions.On<PaymentTaken>(Ship)
        );

    private static async Task Ship(PaymentTaken taken, Reaction reaction)
    {
        var order = taken.Order;
        var rejected = Rejection(order);
        var tracking = rejected is null ? "TRK" + Guid.CreateVersion7().ToString("N").ToUpperInvariant() : null;
        var isNew = await reaction.Write(
            $"""
            insert into {Schema}.shipment (order_id, state, units, tracking_number, city, country) values ($1, $2, $3, $4, $5, $6)
            on conflict do nothing
            """,
            order.OrderId,
            rejected is null ? "created" : "rejected",
            Units(order),
            SqlValue.Text(tracking),
            SqlValue.Text(order.ShippingAddress.City),
            SqlValue.Text(order.ShippingAddress.Country)
        );
        if (isNew == 1)
        {
            object happened = rejected is null ? new ShipmentCreated(order.OrderId, order.CustomerId, tracking!) : rejected;
            reaction.Publish(happened, order.OrderId);
        }
    }

    private static int Units(StartOrderFulfillment order) => order.Items.Sum(item => item.Quantity);

    private static ShipmentRejected? Rejection(StartOrderFulfillment order)
    {
        if (Units(order) is var units && units is < 1 or > CarrierCapacity)
        {
            return new ShipmentRejected(
                order.OrderId,
                "over_capacity",
                $"The carrier takes 1 to {CarrierCapacity} units in one shipment; this order has {units}."
            );
        }

        var address = order.ShippingAddress;
        string[] missing =
        [
            .. new (string Field, string? Value)[] { ("street", address.Street), ("city", address.City), ("country", address.Country) }
                .Where(field => string.IsNullOrWhiteSpace(field.Value))
                .Select(field => field.Field),
        ];
        return missing.Length > 0
            ? new ShipmentRejected(order.OrderId, "incomplete_address", $"The address lacks {string.Join(", ", missing)}.")
            : null;
    }
}
