namespace SagaOrchestrator.Plans;

/// <summary>A value of a saga's data that people search, list and sum by.</summary>
/// <param name="Name">Unique in the plan: small letters, digits and underscores.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="IsIndexed">Whether sagas are found by it quickly among millions.</param>
/// <param name="CurrencyColumn">Of an amount of money: the column that holds its currency. Null for everything else.</param>
public sealed record BusinessColumn(string Name, ColumnKind Kind, bool IsIndexed, string? CurrencyColumn = null);

/// <summary>What the values of a column are.</summary>
public enum ColumnKind
{
    /// <summary>A text, compared byte by byte.</summary>
    Text,

    /// <summary>A decimal or whole number.</summary>
    Number,

    /// <summary>A point in time.</summary>
    Time,

    /// <summary>True or false.</summary>
    Flag,
}
