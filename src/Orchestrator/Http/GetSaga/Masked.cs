using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Http.GetSaga;

/// <summary>Shows that there is a value, and not which: it is encrypted. Whoever may see it asks for it, which is noted.</summary>
internal static class Masked
{
    /// <summary>What stands for such a value.</summary>
    public const string Mask = "•••";

    /// <summary>What stands for one whose key is gone.</summary>
    public const string Forgotten = "forgotten";

    public static JsonElement Of(JsonElement document) =>
        SealedText.IsIn(document.GetRawText()) ? JsonSerializer.SerializeToElement(Of(JsonNode.Parse(document.GetRawText()))) : document;

    private static JsonNode? Of(JsonNode? node) =>
        node switch
        {
            JsonObject record => new JsonObject(record.Select(field => KeyValuePair.Create(field.Key, Of(field.Value)))),
            JsonArray list => new JsonArray([.. list.Select(Of)]),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
            null => null,
            var other => other.DeepClone(),
        };

    private static string Text(string text) =>
        text == SealedText.Forgotten ? Forgotten
        : text.StartsWith(SealedText.Prefix, StringComparison.Ordinal) ? Mask
        : text;
}
