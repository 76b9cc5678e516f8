using System.Globalization;

namespace SagaOrchestrator.Benchmarks.Workload;

/// <summary>Makes orders by number, and finds the number in an order's id.</summary>
internal static class Orders
{
    private const int Digits = 10;
    private const string Prefix = "benchmark-order-of-2026-";

    public static Order Make(int number, bool fails) =>
        new(
            Prefix + number.ToString("D" + Digits, CultureInfo.InvariantCulture),
            "customer-" + (number % 1000).ToString("D6", CultureInfo.InvariantCulture),
            100m + (number % 900),
            "EUR",
            [
                new OrderLine("espresso-machine-two-groups-230-volt", 1 + (number % 3)),
                new OrderLine("coffee-beans-arabica-1000-gram-bag", 4),
                // What makes an order fail is in the order, so that every system can decide it alike.
                new OrderLine("porcelain-cup-white-180-millilitres", fails ? Carrier.Capacity + 1 : 24),
            ]
        );

    public static int NumberOf(string orderId) => int.Parse(orderId.AsSpan(orderId.Length - Digits), CultureInfo.InvariantCulture);
}
