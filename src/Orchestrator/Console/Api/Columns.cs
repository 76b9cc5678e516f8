using System.Globalization;
using System.Text.Json;

namespace SagaOrchestrator.Console.Api;

/// <summary>What a plan's columns hold. One that is money has its currency beside it.</summary>
internal static class Columns
{
    private const string CurrencyName = "_currency";

    /// <summary>All of them in a line.</summary>
    public static string Text(JsonElement columns) =>
        string.Join(", ", In(columns).Select(column => $"{column.Name} {column.Value} {column.Currency}".TrimEnd()));

    /// <summary>What the money of several comes to, by column and currency; null when there is none.</summary>
    public static string? Sum(IEnumerable<JsonElement> all)
    {
        var sums = all.SelectMany(In)
            .Where(column => column.Currency is not null && column.Value.ValueKind == JsonValueKind.Number)
            .GroupBy(column => (column.Name, column.Currency))
            .Select(same => new MoneySum(same.Key.Name, same.Key.Currency!, same.Sum(column => column.Value.GetDecimal())))
            .Select(Text)
            .ToArray();
        return sums.Length == 0 ? null : string.Join(", ", sums);
    }

    /// <summary>A sum with its column and currency.</summary>
    public static string Text(MoneySum sum) =>
        string.Create(CultureInfo.InvariantCulture, $"{sum.Column} {sum.Amount:#,0.00} {sum.Currency}").TrimEnd();

    private static IEnumerable<(string Name, JsonElement Value, string? Currency)> In(JsonElement columns) =>
        columns.ValueKind != JsonValueKind.Object
            ? []
            : columns
                .EnumerateObject()
                .Where(column => !column.Name.EndsWith(CurrencyName, StringComparison.Ordinal))
                .Select(column => (column.Name, column.Value, CurrencyOf(columns, column.Name)));

    private static string? CurrencyOf(JsonElement columns, string name) =>
        columns.TryGetProperty(name + CurrencyName, out var currency) ? currency.ToString() : null;
}
