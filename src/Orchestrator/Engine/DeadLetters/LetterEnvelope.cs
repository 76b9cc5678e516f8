using System.Text.Json;

namespace SagaOrchestrator.Engine.DeadLetters;

/// <summary>What a dead letter's body says of itself, as far as it can be read: most dead letters are not what they should be.</summary>
internal sealed record LetterEnvelope
{
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public string? MessageId { get; private init; }

    /// <summary>The name of its type, without namespace.</summary>
    public string? MessageType { get; private init; }

    public Guid? SagaId { get; private init; }

    public string? SagaType { get; private init; }

    public string? BusinessKey { get; private init; }

    public static LetterEnvelope Of(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, Lenient);
            using var document = JsonDocument.ParseValue(ref reader);
            return Of(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new LetterEnvelope();
        }
    }

    private static LetterEnvelope Of(JsonElement root)
    {
        var message = Member(root, "message");
        // A command has the saga beside its own data; a reply and a signal name it themselves.
        var saga = Member(message, "saga") is { ValueKind: JsonValueKind.Object } context ? context : message;
        return new LetterEnvelope
        {
            MessageId = Text(root, "messageId"),
            MessageType = Member(root, "messageType") is { ValueKind: JsonValueKind.Array } types ? TypeOf(types) : null,
            SagaId = Id(saga, "sagaId") ?? Id(root, "correlationId"),
            SagaType = Text(saga, "sagaType"),
            BusinessKey = Text(saga, "businessKey"),
        };
    }

    private static string? TypeOf(JsonElement types)
    {
        var first = types.EnumerateArray().FirstOrDefault();
        return first.ValueKind == JsonValueKind.String ? first.GetString()!.Split(':')[^1] : null;
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static Guid? Id(JsonElement element, string name) =>
        Guid.TryParse(Text(element, name), out var id) && id != Guid.Empty ? id : null;
}
