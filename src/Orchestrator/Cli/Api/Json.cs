using System.Globalization;
using System.Text.Json;

namespace SagaOrchestrator.Cli.Api;

/// <summary>Reads answers. What is not there, or is something else than expected, is null: a newer API may say more.</summary>
internal static class Json
{
    public static JsonElement? At(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public static JsonElement? At(this JsonElement? element, string name) => element?.At(name);

    /// <summary>A text, or what a number or a truth value is as a text.</summary>
    public static string? Text(this JsonElement element, string name) => element.At(name).Text();

    public static string? Text(this JsonElement? element, string name) => element.At(name).Text();

    public static string? Text(this JsonElement? element) => element?.Text();

    public static string? Text(this JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.String => Unescaped(element),
            _ => element.GetRawText(),
        };

    public static long? Number(this JsonElement element, string name) =>
        element.At(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    public static double? Real(this JsonElement? element, string name) =>
        element.At(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    public static bool Flag(this JsonElement element, string name) => element.At(name)?.ValueKind == JsonValueKind.True;

    public static DateTimeOffset? Time(this JsonElement element, string name) => element.At(name).Time();

    public static DateTimeOffset? Time(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.String } text
        && DateTimeOffset.TryParse(text.Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name = "items") =>
        element.At(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    public static IEnumerable<JsonProperty> Members(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object } value ? value.EnumerateObject() : [];

    // Half of a surrogate pair is JSON, and no text: it is shown as it is written.
    private static string Unescaped(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return text.GetRawText();
        }
    }
}
