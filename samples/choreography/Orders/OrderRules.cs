using System.Globalization;
using SagaOrchestrator.Intake.Values;
using SagaOrchestrator.Messages.Orders.OrderFulfillment;

namespace SagaOrchestrator.Choreography.Orders;

/// <summary>What an order must be beyond what its type says: the same as the orchestrator asks for.</summary>
internal static class OrderRules
{
    /// <summary>What is wrong, with its field; null for nothing.</summary>
    public static string? Problem(StartOrderFulfillment order)
    {
        if (Currencies.DecimalsOf(order.Currency) is not { } decimals)
        {
            return "currency: Expected a currency of ISO 4217, for example USD, got a code that is none.";
        }

        var fine = order.Items.Select((item, index) => ($"items[{index}].unitPrice", item.UnitPrice)).Append(("total", order.Total));
        foreach (var (field, amount) in fine)
        {
            if (Decimals.Of(amount) > decimals)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{field}: Expected an amount with at most {decimals} decimals, as ISO 4217 has it for {order.Currency}, got more."
                );
            }
        }

        return order.Total <= 0 ? "total: Expected a total of more than zero."
            : order.Items.Sum(item => item.Quantity * item.UnitPrice) != order.Total
                ? "total: Expected the sum of quantity times unit price over all items, got another total. Correct whichever is wrong."
            : null;
    }
}
