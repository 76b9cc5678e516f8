using System.Globalization;
using System.Text.Json;

namespace SagaOrchestrator.Console.Api;

/// <summary>What a plan's columns hold. One that is money has its currency beside it.</summary>
internal static class Columns
{
    private const string Currency = "_currency";

    /// <summary>All of them in a line.</summary>
    public static string Text(JsonElement columns) => columns.ValueKind != JsonValueKind.Object ? string.Empty : string.Join(", ", columns.EnumerateObject()
        .Where(column => !column.Name.EndsWith(Currency, StringComparison.Ordinal))
        .Select(column => $"{column.Name} {column.Value}{(CurrencyOf(columns, column.Name) is { } currency ? " " + currency : string.Empty)}"));

    /// <summary>What the money of several comes to, by column and currency.</summary>
    public static string? Sum(IEnumerable<JsonElement> all)
    {
        var sums = all.Where(columns => columns.ValueKind == JsonValueKind.Object)
            .SelectMany(columns => columns.EnumerateObject().Select(column => (column.Name, column.Value, Currency: CurrencyOf(columns, column.Name))))
            .Where(column => column.Currency is not null && column.Value.ValueKind == JsonValueKind.Number)
            .GroupBy(column => (column.Name, column.Currency))
            .Select(same => string.Create(CultureInfo.InvariantCulture, $"{same.Key.Name} {same.Sum(column => column.Value.GetDecimal()):#,0.00} {same.Key.Currency}"))
            .ToArray();
        return sums.Length == 0 ? null : string.Join(", ", sums);
    }

    private static string? CurrencyOf(JsonElement columns, string name) =>
        columns.TryGetProperty(name + Currency, out var currency) ? currency.ToString() : null;
}
