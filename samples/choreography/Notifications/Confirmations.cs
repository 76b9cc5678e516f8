using SagaOrchestrator.Choreography.Events;
using SagaOrchestrator.Choreography.Hosting;

namespace SagaOrchestrator.Choreography.Notifications;

/// <summary>Tells the customer that the order is on its way.</summary>
internal static class Confirmations
{
    private const string Schema = "choreo_notifications";

    public static Service Service { get; } =
        new(
            Schema,
            Publishes: [typeof(ConfirmationSent)],
            Reads: [typeof(ShipmentCreated)],
            (reactions, _, _) => reactions.On<ShipmentCreated>(Confirm)
        );

    private static async Task Confirm(ShipmentCreated shipped, Reaction reaction)
    {
        var isNew = await reaction.Write(
            $"insert into {Schema}.notification (order_id, customer_id, text) values ($1, $2, $3) on conflict do nothing",
            shipped.OrderId,
            shipped.CustomerId,
            $"Order {shipped.OrderId} is on its way. Follow it by {shipped.TrackingNumber}."
        );
        if (isNew == 1)
        {
            reaction.Publish(new ConfirmationSent(shipped.OrderId), shipped.OrderId);
        }
    }
}
