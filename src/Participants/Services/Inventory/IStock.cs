using SagaOrchestrator.Messages.Orders.Inventory;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.Services.Inventory;

/// <summary>Units of products.</summary>
internal interface IStock
{
    /// <summary>Reserves all lines or none.</summary>
    Task<ReservationAnswer> Reserve(ReadingStepContext context, string orderId, IReadOnlyList<ReservationLine> lines);

    /// <summary>Makes available again what a saga reserved.</summary>
    Task Release(ReadingStepContext context);
}

/// <summary>What is missing; nothing when the lines are reserved.</summary>
internal sealed record ReservationAnswer(IReadOnlyList<string> UnknownProducts, IReadOnlyList<Shortage> Shortages)
{
    public static ReservationAnswer Of(IReadOnlyDictionary<string, int> wanted, IReadOnlyDictionary<string, int> available) =>
        new(
            [.. wanted.Keys.Where(product => !available.ContainsKey(product))],
            [
                .. wanted
                    .Where(line => available.TryGetValue(line.Key, out var units) && units < line.Value)
                    .Select(line => new Shortage(line.Key, line.Value, available[line.Key])),
            ]
        );

    /// <summary>Units per product; a product may stand in several lines.</summary>
    public static Dictionary<string, int> Wanted(IEnumerable<ReservationLine> lines) =>
        lines
            .GroupBy(line => line.ProductId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(line => line.Quantity), StringComparer.Ordinal);

    public bool Reserved => UnknownProducts.Count == 0 && Shortages.Count == 0;
}

internal sealed record Shortage(string ProductId, int Wanted, int Available);
