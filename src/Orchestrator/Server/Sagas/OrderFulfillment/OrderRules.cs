using System.Globalization;
using SagaOrchestrator.Intake.Values;
using SagaOrchestrator.Messages.Orders.OrderFulfillment;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Server.Sagas.OrderFulfillment;

/// <summary>What an order must be beyond what its type says. Stock, cards and addresses are for the participants to judge.</summary>
internal static class OrderRules
{
    public static IEnumerable<FieldError> Check(StartOrderFulfillment order) =>
        Currencies.DecimalsOf(order.Currency) is { } decimals
            ? Amounts(order, decimals).Concat(Total(order))
            : [new("currency", "Expected a currency of ISO 4217, for example USD, got a code that is none.")];

    // A smaller fraction than the currency has could be charged and not be recorded.
    private static IEnumerable<FieldError> Amounts(StartOrderFulfillment order, int decimals)
    {
        foreach (var (item, index) in order.Items.Select((item, index) => (item, index)))
        {
            if (Decimals.Of(item.UnitPrice) > decimals)
            {
                yield return TooFine($"items[{index}].unitPrice", order.Currency, decimals);
            }
        }

        if (Decimals.Of(order.Total) > decimals)
        {
            yield return TooFine("total", order.Currency, decimals);
        }
    }

    private static IEnumerable<FieldError> Total(StartOrderFulfillment order)
    {
        if (order.Total <= 0)
        {
            yield return new("total", "Expected a total of more than zero.");
        }
        else if (order.Items.Sum(item => item.Quantity * item.UnitPrice) is var sum && sum != order.Total)
        {
            yield return new(
                "total",
                "Expected the sum of quantity times unit price over all items, got another total. Correct whichever is wrong."
            );
        }
    }

    private static FieldError TooFine(string field, string currency, int decimals) =>
        new(
            field,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Expected an amount with at most {decimals} decimals, as ISO 4217 has it for {currency}, got more."
            )
        );
}
