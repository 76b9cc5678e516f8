using System.Globalization;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Search;

/// <summary>What is asked of a column, checked and read.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">Exactly this; null when a range is asked for. Like the others a string, a decimal, a point in time, or whether it is
/// so.</param>
/// <param name="From">This or more; null for any.</param>
/// <param name="Before">Less than this; null for any.</param>
internal sealed record ColumnCondition(BusinessColumn Column, object? Value, object? From, object? Before);

/// <summary>Checks what is asked of a column, and reads the values.</summary>
internal static class ColumnFilters
{
    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    public static ColumnCondition Checked(ColumnFilter filter, IReadOnlyDictionary<string, BusinessColumn> columns)
    {
        if (!columns.TryGetValue(filter.Name, out var column))
        {
            var known =
                columns.Count == 0
                    ? "No plan declares a column."
                    : $"The columns are: {string.Join(", ", columns.Keys.Order(StringComparer.Ordinal))}.";
            throw new InvalidQueryException(filter.Name, $"No plan has a column of this name. {known}");
        }

        if (filter.Value is null && column is not { IsIndexed: true, Kind: not ColumnKind.Flag })
        {
            throw new InvalidQueryException(
                filter.Name,
                "A range needs a column that its plan declares as indexed. Ask for a value, or have it indexed."
            );
        }

        object? Of(string? value) => value is null ? null : Read(column, value);
        return new ColumnCondition(column, Of(filter.Value), Of(filter.From), Of(filter.Before));
    }

    /// <summary>A string, a decimal, a point in time, or whether it is so.</summary>
    public static object Read(BusinessColumn column, string value) =>
        column.Kind switch
        {
            ColumnKind.Number => decimal.TryParse(value, Decimal, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Wrong(column, "a number like 440 or 12.50"),
            ColumnKind.Time => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time.ToUniversalTime()
                : throw Wrong(column, "a time like 2026-01-31T12:00:00Z"),
            ColumnKind.Flag => value is "true" or "false" ? value == "true" : throw Wrong(column, "true or false"),
            _ => value.Contains('\0', StringComparison.Ordinal) ? throw Wrong(column, "a text without NUL characters") : value,
        };

    private static InvalidQueryException Wrong(BusinessColumn column, string right) =>
        new(column.Name, $"The column '{column.Name}' takes {right}.");
}
