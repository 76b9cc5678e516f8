using System.Globalization;
using SagaOrchestrator.Host.Plans;
using SagaOrchestrator.Messages.OrderFulfillment;

namespace SagaOrchestrator.Host.Sagas.OrderFulfillment;

/// <summary>What an order must be to be accepted. Stock, money and addresses are for the participants to judge.</summary>
internal static class OrderRules
{
    private const int LongestKey = 100;
    private const int MostItems = 500;

    public static IEnumerable<FieldError> Check(StartOrderFulfillment order) =>
        Texts(order).Concat(Items(order)).Concat(Total(order)).Concat(Payment(order)).Concat(Address(order));

    private static IEnumerable<FieldError> Texts(StartOrderFulfillment order)
    {
        if (Missing(order.OrderId) || order.OrderId.Length > LongestKey)
        {
            yield return new("orderId", "An order needs an id of 1 to 100 characters.");
        }

        if (Missing(order.CustomerId) || order.CustomerId.Length > LongestKey)
        {
            yield return new("customerId", "An order needs a customer id of 1 to 100 characters.");
        }

        if (order.Currency is not { Length: 3 } currency || !currency.All(char.IsAsciiLetterUpper))
        {
            yield return new("currency", "The currency is three capital letters, for example USD.");
        }
    }

    private static IEnumerable<FieldError> Items(StartOrderFulfillment order)
    {
        if (order.Items is not { Count: > 0 and <= MostItems })
        {
            yield return new("items", $"An order needs 1 to {MostItems} items.");
        }

        foreach (var (item, index) in (order.Items ?? []).Take(MostItems).Select((item, index) => (item, index)))
        {
            if (item is null || Missing(item.ProductId))
            {
                yield return new($"items[{index}].productId", "An item needs a product id.");
            }

            if (item is null or { Quantity: < 1 or > 1_000_000 })
            {
                yield return new($"items[{index}].quantity", "The quantity is a whole number from 1 to 1,000,000.");
            }

            if (item is null or { UnitPrice: < 0 or > 1_000_000_000 } || !IsMoney(item.UnitPrice))
            {
                yield return new($"items[{index}].unitPrice", "The unit price is zero or more, at most 1,000,000,000, with at most two decimals.");
            }
        }
    }

    private static IEnumerable<FieldError> Total(StartOrderFulfillment order)
    {
        if (!IsMoney(order.Total) || order.Total <= 0)
        {
            yield return new("total", "The total is more than zero, with at most two decimals.");
        }
        else if (!Items(order).Any() && order.Items.Sum(item => item.Quantity * item.UnitPrice) is var sum && sum != order.Total)
        {
            yield return new("total", string.Create(
                CultureInfo.InvariantCulture,
                $"The total is {order.Total}, but the items sum up to {sum}. Correct whichever is wrong."));
        }
    }

    private static IEnumerable<FieldError> Payment(StartOrderFulfillment order)
    {
        if (order.PaymentMethod?.Type != "card")
        {
            yield return new("paymentMethod.type", "Only 'card' is supported.");
        }

        if (Missing(order.PaymentMethod?.Token))
        {
            yield return new("paymentMethod.token", "A card payment needs the card's token.");
        }
    }

    private static IEnumerable<FieldError> Address(StartOrderFulfillment order)
    {
        if (order.ShippingAddress is null)
        {
            yield return new("shippingAddress", "An order needs a shipping address.");
        }
    }

    // The ledger counts cents; a smaller fraction could be charged and not be recorded.
    private static bool IsMoney(decimal amount) => decimal.Round(amount, 2) == amount;

    private static bool Missing(string? text) => string.IsNullOrWhiteSpace(text);
}
