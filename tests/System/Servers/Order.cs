using System.Text.Json.Nodes;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>Orders for tests. Each has an id of its own.</summary>
internal static class Order
{
    private static int count;

    public static string NewId() => $"order-{Environment.ProcessId}-{Interlocked.Increment(ref count)}";

    /// <summary>An order that goes through, unless the arguments say otherwise.</summary>
    public static JsonObject Of(
        string? id = null,
        string product = "p1",
        int quantity = 2,
        decimal unitPrice = 10,
        string token = "tok_visa",
        string? street = "1 Main Street"
    ) =>
        new()
        {
            ["orderId"] = id ?? NewId(),
            ["customerId"] = "customer-1",
            ["orderedOn"] = "2026-01-31",
            ["currency"] = "USD",
            ["total"] = (quantity * unitPrice).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture),
            ["items"] = new JsonArray(
                new JsonObject
                {
                    ["productId"] = product,
                    ["quantity"] = quantity,
                    ["unitPrice"] = unitPrice.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture),
                }
            ),
            ["paymentMethod"] = new JsonObject { ["type"] = "card", ["token"] = token },
            ["shippingAddress"] = new JsonObject
            {
                ["name"] = "Customer 1",
                ["street"] = street,
                ["city"] = "Lisbon",
                ["country"] = "Portugal",
            },
        };

    /// <summary>The same as a company's order.</summary>
    public static JsonObject Business(int quantity = 2, decimal unitPrice = 10, string token = "tok_visa", string product = "p2")
    {
        var order = Of(quantity: quantity, unitPrice: unitPrice, token: token, product: product);
        order.Remove("orderedOn");
        return order;
    }
}
