using SagaOrchestrator.Messages.Orders.Inventory;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.Services.Inventory;

/// <summary>Stock in memory. Called by one unit at a time.</summary>
internal sealed class MemoryStock(IEnumerable<StockLine> stock) : IStock
{
    private readonly Dictionary<string, Item> products = stock.ToDictionary(
        line => line.ProductId,
        line => new Item(line.Available, line.Available, 0),
        StringComparer.Ordinal
    );

    private readonly Dictionary<Guid, Dictionary<string, int>> reservations = [];

    public IReadOnlyDictionary<string, Item> Products => products;

    public Task<ReservationAnswer> Reserve(ReadingStepContext context, string orderId, IReadOnlyList<ReservationLine> lines)
    {
        var wanted = ReservationAnswer.Wanted(lines);
        var available = products.ToDictionary(product => product.Key, product => product.Value.Available, StringComparer.Ordinal);
        var answer = ReservationAnswer.Of(wanted, available);
        if (answer.Reserved)
        {
            Move(wanted, sign: 1);
            reservations[context.SagaId] = wanted;
        }

        return Task.FromResult(answer);
    }

    public Task Release(ReadingStepContext context)
    {
        if (reservations.Remove(context.SagaId, out var reserved))
        {
            Move(reserved, sign: -1);
        }

        return Task.CompletedTask;
    }

    private void Move(Dictionary<string, int> lines, int sign)
    {
        foreach (var (product, quantity) in lines)
        {
            var item = products[product];
            products[product] = item with { Available = item.Available - (sign * quantity), Reserved = item.Reserved + (sign * quantity) };
        }
    }

    internal sealed record Item(int Initial, int Available, int Reserved);
}
