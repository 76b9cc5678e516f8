using System.Globalization;

namespace SagaOrchestrator.Http.ListSagas;

/// <summary>Writes cells as RFC 4180 has them.</summary>
internal static class Csv
{
    /// <summary>What a spreadsheet would take for a formula is made a text.</summary>
    public static string Cell(string? value)
    {
        var isFormula =
            value is ['=' or '+' or '@' or '\t' or '\r', ..]
            || (value is ['-', _, ..] && !decimal.TryParse(value, CultureInfo.InvariantCulture, out _));
        var safe = isFormula ? "'" + value : value ?? string.Empty;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
