using SagaOrchestrator.Messages.Orders.Inventory;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.Services.Inventory;

/// <summary>Stock in Postgres. Rows are locked in the order of their ids, so that two orders never wait for each other.</summary>
internal sealed class PostgresStock(string schema) : IStock
{
    private readonly string lockAvailable =
        $"select product_id, available from {schema}.product where product_id = any($1) order by product_id for update";

    private readonly string take = $"""
        with line as (select * from unnest($3, $4) as line (product_id, quantity)),
             taken as (
                update {schema}.product p
                set available = p.available - line.quantity, reserved = p.reserved + line.quantity
                from line where p.product_id = line.product_id)
        insert into {schema}.reservation (saga_id, order_id, product_id, quantity)
        select $1, $2, product_id, quantity from line
        """;

    private readonly string lockReserved = $"""
        select p.product_id from {schema}.product p
        join {schema}.reservation r on r.product_id = p.product_id
        where r.saga_id = $1 and r.released_at is null
        order by p.product_id for update of p
        """;

    private readonly string giveBack = $"""
        with released as (
            update {schema}.reservation set released_at = now()
            where saga_id = $1 and released_at is null
            returning product_id, quantity)
        update {schema}.product p
        set available = p.available + released.quantity, reserved = p.reserved - released.quantity
        from released where p.product_id = released.product_id
        """;

    public async Task<ReservationAnswer> Reserve(ReadingStepContext context, string orderId, IReadOnlyList<ReservationLine> lines)
    {
        var wanted = ReservationAnswer.Wanted(lines);
        var answer = ReservationAnswer.Of(wanted, await Available(context, [.. wanted.Keys]));
        if (answer.Reserved)
        {
            await using var command = context.Database.Command(
                take,
                context.SagaId,
                orderId,
                wanted.Keys.ToArray(),
                wanted.Values.ToArray()
            );
            await command.ExecuteNonQueryAsync(context.CancellationToken);
        }

        return answer;
    }

    public async Task Release(ReadingStepContext context)
    {
        await using (var lockRows = context.Database.Command(lockReserved, context.SagaId))
        {
            await lockRows.ExecuteNonQueryAsync(context.CancellationToken);
        }

        await using var command = context.Database.Command(giveBack, context.SagaId);
        await command.ExecuteNonQueryAsync(context.CancellationToken);
    }

    private async Task<Dictionary<string, int>> Available(ReadingStepContext context, string[] products)
    {
        await using var command = context.Database.Command(lockAvailable, [products]);
        await using var row = await command.ExecuteReaderAsync(context.CancellationToken);
        var available = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await row.ReadAsync(context.CancellationToken))
        {
            available[row.GetString(0)] = row.GetInt32(1);
        }

        return available;
    }
}
