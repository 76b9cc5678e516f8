using System.Globalization;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Chaos.Load;

/// <summary>Draws orders: which go through, and which one of the participants rejects. All from the seed.</summary>
/// <param name="seed">The seed.</param>
/// <param name="failing">The share that a participant rejects.</param>
/// <param name="flaky">The share whose gateway faults twice first.</param>
internal sealed class OrderMix(int seed, double failing, double flaky = 0.05)
{
    private const int Products = 30;

    /// <summary>So many that no order fails for want of them.</summary>
    public const int InitialStock = 1_000_000;

    private readonly Random random = new(seed);

    public static IEnumerable<string> ProductIds => Enumerable.Range(1, Products).Select(Product);

    public JsonObject Next(int number)
    {
        var fate = random.NextDouble() < failing ? (Fate)random.Next(1, 5) : Fate.GoesThrough;
        var (quantity, price) = (random.Next(1, 6), random.Next(100, 5000) / 100m);
        // The flaky gateway answers in the end, unless the storm lets the attempts run out.
        var token = fate switch
        {
            Fate.CardDeclined => "tok_declined",
            _ when random.NextDouble() < flaky => "tok_flaky",
            _ => "tok_visa",
        };
        if (fate == Fate.OverCapacity)
        {
            (quantity, price) = (121 + random.Next(80), 1m);
        }

        return new JsonObject
        {
            ["orderId"] = string.Create(CultureInfo.InvariantCulture, $"chaos-{seed}-{number}"),
            ["customerId"] = string.Create(CultureInfo.InvariantCulture, $"customer-{random.Next(1, 200)}"),
            ["orderedOn"] = "2026-01-31",
            ["currency"] = "USD",
            ["total"] = (quantity * price).ToString("0.00", CultureInfo.InvariantCulture),
            ["items"] = new JsonArray(
                new JsonObject
                {
                    ["productId"] = fate == Fate.UnknownProduct ? "nothing" : Product(random.Next(1, Products + 1)),
                    ["quantity"] = quantity,
                    ["unitPrice"] = price.ToString("0.00", CultureInfo.InvariantCulture),
                }
            ),
            ["paymentMethod"] = new JsonObject { ["type"] = "card", ["token"] = token },
            ["shippingAddress"] = new JsonObject
            {
                ["name"] = "A customer",
                ["street"] = fate == Fate.NoStreet ? null : "1 Main Street",
                ["city"] = "Lisbon",
                ["country"] = "Portugal",
            },
        };
    }

    private static string Product(int number) => string.Create(CultureInfo.InvariantCulture, $"p-{number:00}");

    private enum Fate
    {
        GoesThrough,
        UnknownProduct,
        CardDeclined,
        OverCapacity,
        NoStreet,
    }
}
