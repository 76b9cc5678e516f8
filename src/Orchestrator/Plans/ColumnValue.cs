using System.Globalization;
using System.Text.Json;

namespace SagaOrchestrator.Plans;

/// <summary>How the value of a column is written.</summary>
internal static class ColumnValue
{
    private const int LongestText = 200;

    // A NUL cannot be stored, and half of a surrogate pair cannot be read.
    public static JsonElement Of(object value) =>
        JsonSerializer.SerializeToElement(
            value switch
            {
                string text => Cut(text.Replace("\0", string.Empty, StringComparison.Ordinal)),
                DateTimeOffset time => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
                _ => value,
            }
        );

    private static string Cut(string text) =>
        text.Length <= LongestText ? text : text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)];
}
