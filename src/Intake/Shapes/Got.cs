using System.Globalization;
using System.Text.Json;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Intake.Shapes;

/// <summary>Names what is there by its kind and size. Never the value: it may be a secret.</summary>
internal static class Got
{
    public const string Nothing = "nothing";

    public static string Of(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String => Text(Utf8Text.Count(reader.ValueSpan)),
            JsonTokenType.Number => "a number",
            JsonTokenType.True or JsonTokenType.False => "a boolean",
            JsonTokenType.Null => "null",
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            _ => Nothing,
        };

    public static string Text(int characters) =>
        string.Create(CultureInfo.InvariantCulture, $"a string of {characters} {(characters == 1 ? "character" : "characters")}");

    public static string Count(long count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count} {unit}");
}
