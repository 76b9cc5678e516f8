using System.Text.Json;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Formats;

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

    /// <summary>What the body says, and what stands beside one that is no envelope.</summary>
    public static LetterEnvelope Of(DeadLetterCopy copy)
    {
        var beside = MessageAttributes.Of(name => copy.Headers.GetValueOrDefault(name) as string, (copy.Type, copy.MessageId, null));
        var format = ContentTypes.FormatOf(copy.ContentType, beside.Type, beside.IsEvent);
        var isBare = format is MessageFormat.Json or MessageFormat.CloudEventsBinary;
        var read = new LetterEnvelope
        {
            MessageId = isBare ? beside.MessageId : null,
            MessageType = isBare ? beside.Type?.Split(':')[^1] : null,
        };
        try
        {
            var reader = new Utf8JsonReader(copy.Body.Span, Lenient);
            using var document = JsonDocument.ParseValue(ref reader);
            return format switch
            {
                MessageFormat.Envelope => Of(document.RootElement),
                MessageFormat.CloudEvents => Event(document.RootElement),
                _ => read.With(document.RootElement),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return read;
        }
    }

    private static LetterEnvelope Of(JsonElement root) =>
        new LetterEnvelope
        {
            MessageId = Text(root, "messageId"),
            MessageType = Member(root, "messageType") is { ValueKind: JsonValueKind.Array } types ? TypeOf(types) : null,
            SagaId = Id(root, "correlationId"),
        }.With(Member(root, "message"));

    private static LetterEnvelope Event(JsonElement root) =>
        new LetterEnvelope
        {
            MessageId = Text(root, "id"),
            MessageType = Text(root, "type")?.Split(':')[^1],
            SagaId = Id(root, "subject"),
        }.With(Member(root, "data"));

    private LetterEnvelope With(JsonElement message)
    {
        // A command has the saga beside its own data; a reply and a signal name it themselves.
        var saga = Member(message, "saga") is { ValueKind: JsonValueKind.Object } context ? context : message;
        return this with
        {
            SagaId = Id(saga, "sagaId") ?? SagaId,
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
