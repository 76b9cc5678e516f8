using System.Text.Json;
using SagaOrchestrator.Choreography.Events;
using SagaOrchestrator.Choreography.Hosting;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Choreography.Orders;

/// <summary>Takes orders, and learns from the others' events how they end. Nobody tells it how far they are.</summary>
internal static class OrderDesk
{
    private const string Schema = "choreo_orders";

    public static Service Service { get; } =
        new(
            Schema,
            Publishes: [typeof(OrderPlaced)],
            Reads: [typeof(StockRejected), typeof(StockReleased), typeof(ConfirmationSent)],
            (reactions, _, _) =>
                reactions
                    .On<PlaceOrder>(Place)
                    .On<StockRejected>((rejected, reaction) => End(reaction, rejected.OrderId, "failed", rejected.Code, rejected.Reason))
                    .On<StockReleased>((released, reaction) => End(reaction, released.OrderId, "failed", released.Code, released.Reason))
                    .On<ConfirmationSent>((sent, reaction) => End(reaction, sent.OrderId, "completed", null, null))
        )
        {
            IsOpenToClients = true,
        };

    private static async Task Place(PlaceOrder asked, Reaction reaction)
    {
        var order = asked.Order;
        if (OrderRules.Problem(order) is { } problem)
        {
            throw new RefusedMessageException("invalid", $"The order '{order.OrderId}' is not valid. {problem} Send it anew.");
        }

        var document = JsonSerializer.Serialize(order);
        var isNew =
            await reaction.Write(
                $"insert into {Schema}.customer_order (order_id, document, total) values ($1, $2::jsonb, $3) on conflict do nothing",
                order.OrderId,
                document,
                order.Total
            ) == 1;
        if (isNew)
        {
            reaction.Publish(new OrderPlaced(order), order.OrderId);
            return;
        }

        var same = await reaction.Read(
            $"select document = $2::jsonb from {Schema}.customer_order where order_id = $1",
            row => row.GetBoolean(0),
            order.OrderId,
            document
        );
        if (same is [false])
        {
            throw new RefusedMessageException(
                "conflict",
                $"There is another order '{order.OrderId}' with other data. Give this one an id of its own."
            );
        }
    }

    private static Task<int> End(Reaction reaction, string order, string state, string? code, string? reason) =>
        reaction.Write(
            $"""
            update {Schema}.customer_order set state = $2, code = $3, reason = $4, ended_at = now()
            where order_id = $1 and state = 'placed'
            """,
            order,
            state,
            SqlValue.Text(code),
            SqlValue.Text(reason)
        );
}
