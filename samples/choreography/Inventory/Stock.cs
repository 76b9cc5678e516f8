using SagaOrchestrator.Choreography.Events;
using SagaOrchestrator.Choreography.Hosting;
using SagaOrchestrator.Messages.Orders.OrderFulfillment;

namespace SagaOrchestrator.Choreography.Inventory;

/// <summary>
/// Reserves all lines of a placed order, or none. It releases them when payment or shipment fails: it has to know who comes after it.
/// </summary>
internal static class Stock
{
    private const string Schema = "choreo_inventory";

    private const string Take = $"""
        with line as (select * from unnest($2::text[], $3::integer[]) as line (product_id, quantity)),
             taken as (
                update {Schema}.product p
                set available = p.available - line.quantity, reserved = p.reserved + line.quantity
                from line where p.product_id = line.product_id)
        insert into {Schema}.reserved_line (order_id, product_id, quantity) select $1, product_id, quantity from line
        """;

    private const string LockReserved = $"""
        select p.product_id from {Schema}.product p join {Schema}.reserved_line l on l.product_id = p.product_id
        where l.order_id = $1 order by p.product_id for update of p
        """;

    private const string GiveBack = $"""
        update {Schema}.product p set available = p.available + l.quantity, reserved = p.reserved - l.quantity
        from {Schema}.reserved_line l where l.order_id = $1 and l.product_id = p.product_id
        """;

    public static Service Service { get; } =
        new(
            Schema,
            Publishes: [typeof(StockReserved), typeof(StockRejected), typeof(StockReleased)],
            Reads: [typeof(OrderPlaced), typeof(PaymentRejected), typeof(PaymentRefunded)],
            (reactions, _, _) =>
                reactions
                    .On<OrderPlaced>(Reserve)
                    .On<PaymentRejected>((rejected, reaction) => Release(reaction, rejected.OrderId, rejected.Code, rejected.Reason))
                    .On<PaymentRefunded>((refunded, reaction) => Release(reaction, refunded.OrderId, refunded.Code, refunded.Reason))
        );

    private static async Task Reserve(OrderPlaced placed, Reaction reaction)
    {
        var order = placed.Order;
        if (await Enter(reaction, order.OrderId) == 0)
        {
            return;
        }

        var wanted = order
            .Items.GroupBy(item => item.ProductId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(item => item.Quantity), StringComparer.Ordinal);
        if (Rejection(order, wanted, await Available(reaction, [.. wanted.Keys])) is { } rejected)
        {
            await reaction.Write($"update {Schema}.reservation set state = 'rejected' where order_id = $1", order.OrderId);
            reaction.Publish(rejected, order.OrderId);
            return;
        }

        await reaction.Write(Take, order.OrderId, wanted.Keys.ToArray(), wanted.Values.ToArray());
        reaction.Publish(new StockReserved(order), order.OrderId);
    }

    private static Task<int> Enter(Reaction reaction, string order) =>
        reaction.Write($"insert into {Schema}.reservation (order_id, state) values ($1, 'reserved') on conflict do nothing", order);

    // Locked in the order of their ids, so that two orders never wait for each other.
    private static async Task<Dictionary<string, int>> Available(Reaction reaction, string[] products) =>
        (
            await reaction.Read(
                $"select product_id, available from {Schema}.product where product_id = any($1) order by product_id for update",
                row => KeyValuePair.Create(row.GetString(0), row.GetInt32(1)),
                [products]
            )
        ).ToDictionary(StringComparer.Ordinal);

    private static StockRejected? Rejection(StartOrderFulfillment order, Dictionary<string, int> wanted, Dictionary<string, int> available)
    {
        var unknown = wanted.Keys.Where(product => !available.ContainsKey(product)).ToArray();
        if (unknown.Length > 0)
        {
            return new StockRejected(order.OrderId, "unknown_product", $"There is no product {string.Join(", ", unknown)}.");
        }

        var shortages = wanted
            .Where(line => available[line.Key] < line.Value)
            .Select(line => $"Product {line.Key}: {line.Value} wanted, {available[line.Key]} available.")
            .ToArray();
        return shortages.Length > 0 ? new StockRejected(order.OrderId, "insufficient_stock", string.Join(" ", shortages)) : null;
    }

    private static async Task Release(Reaction reaction, string order, string code, string reason)
    {
        var released = await reaction.Write(
            $"update {Schema}.reservation set state = 'released' where order_id = $1 and state = 'reserved'",
            order
        );
        if (released == 0)
        {
            return;
        }

        await reaction.Write(LockReserved, order);
        await reaction.Write(GiveBack, order);
        reaction.Publish(new StockReleased(order, code, reason), order);
    }
}
