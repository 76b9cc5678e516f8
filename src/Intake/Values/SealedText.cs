using System.Text.Json;

namespace SagaOrchestrator.Intake.Values;

/// <summary>How the value of a marked member looks where it is encrypted: a string, whatever it was before.</summary>
public static class SealedText
{
    /// <summary>What each begins with.</summary>
    public const string Prefix = "enc:v1:";

    /// <summary>What stands there for a value whose key is gone.</summary>
    public const string Forgotten = Prefix + "forgotten";

    /// <summary>Whether a value is an encrypted one, or a forgotten one.</summary>
    /// <param name="value">A value as it came.</param>
    public static bool Is(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether there can be one in a document.</summary>
    /// <param name="json">The document.</param>
    public static bool IsIn(ReadOnlySpan<byte> json) => json.IndexOf("\"enc:v1:"u8) >= 0;

    /// <summary>Whether there can be one in a document.</summary>
    /// <param name="json">The document.</param>
    public static bool IsIn(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json.Contains("\"" + Prefix, StringComparison.Ordinal);
    }

    internal static bool Is(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
        && (reader.ValueIsEscaped ? IsWrittenOtherwise(ref reader) : reader.ValueSpan.StartsWith("enc:v1:"u8));

    // Whoever reads the document later reads it without its escapes.
    private static bool IsWrittenOtherwise(ref Utf8JsonReader reader) =>
        Utf8Text.Measure(ref reader, needsText: true) is { Unstorable: null, Text: { } text }
        && text.StartsWith(Prefix, StringComparison.Ordinal);
}
