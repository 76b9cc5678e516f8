using System.Text.Json;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Search;

/// <summary>Reads the columns of money of sagas.</summary>
/// <param name="columns">The columns of a plan version.</param>
internal sealed class MoneyColumns(Func<string, int, IReadOnlyList<BusinessColumn>> columns)
{
    /// <summary>With the columns of the plans of this node.</summary>
    public static MoneyColumns Of(PlanCatalogue plans) => new((type, version) => plans.TryGet(type, version)?.Columns ?? []);

    public IEnumerable<Money> Of(SagaSummary saga) => Of(new HeldColumns(saga.Type, saga.PlanVersion, saga.Columns));

    /// <summary>What they come to, by column and currency.</summary>
    public IReadOnlyList<SagaAmount> Sum(IEnumerable<HeldColumns> sagas) =>
        [
            .. sagas
                .SelectMany(Of)
                .GroupBy(money => (money.Column, money.Currency))
                .Select(same => new SagaAmount(same.Key.Column, same.Key.Currency, same.Sum(money => money.Amount), same.Count()))
                .OrderBy(sum => sum.Column, StringComparer.Ordinal)
                .ThenByDescending(sum => sum.Amount),
        ];

    private IEnumerable<Money> Of(HeldColumns saga)
    {
        var money = columns(saga.Type, saga.PlanVersion).Where(column => column.CurrencyColumn is not null).ToList();
        if (money.Count == 0)
        {
            yield break;
        }

        var held = JsonElement.Parse(saga.Columns);
        foreach (var column in money)
        {
            if (held.TryGetProperty(column.Name, out var amount))
            {
                var currency = held.TryGetProperty(column.CurrencyColumn!, out var text) ? text.GetString()! : string.Empty;
                yield return new Money(column.Name, currency, amount.GetDecimal());
            }
        }
    }
}

/// <summary>What the columns of one saga hold, as JSON.</summary>
internal sealed record HeldColumns(string Type, int PlanVersion, string Columns);

/// <summary>What one column of one saga holds.</summary>
internal readonly record struct Money(string Column, string Currency, decimal Amount);
