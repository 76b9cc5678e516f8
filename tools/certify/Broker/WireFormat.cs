using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Certify.Broker;

/// <summary>
/// Writes and reads messages in each format. Whatever the format, the suite works with an envelope: what another format says beside the
/// message is put there.
/// </summary>
internal static class WireFormat
{
    private const string EnvelopeType = "application/vnd.masstransit+json";
    private const string EventType = "application/cloudevents+json";
    private const string Json = "application/json";
    private const string Event = SagaHeaders.CloudEvent;
    private const string Source = "/certify";

    /// <summary>The words of the formats.</summary>
    public static IReadOnlyDictionary<string, MessageFormat> Words { get; } =
        new Dictionary<string, MessageFormat>(StringComparer.Ordinal)
        {
            ["envelope"] = MessageFormat.Envelope,
            ["json"] = MessageFormat.Json,
            ["cloudevents"] = MessageFormat.CloudEvents,
            ["cloudevents-binary"] = MessageFormat.CloudEventsBinary,
        };

    public static string Word(MessageFormat? format) =>
        Words.Where(word => word.Value == format).Select(word => word.Key).FirstOrDefault() ?? "none that is known";

    /// <summary>The body of a message.</summary>
    public static JsonObject Body(MessageFormat format, JsonObject envelope) =>
        format switch
        {
            MessageFormat.Envelope => envelope,
            MessageFormat.CloudEvents => InEvent(envelope),
            _ => Message(envelope),
        };

    /// <summary>The properties of a message.</summary>
    public static BasicProperties Properties(MessageFormat format, JsonObject envelope, IDictionary<string, object?> headers)
    {
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent, Headers = headers };
        var (id, type) = ((string?)envelope["messageId"], TypeOf(envelope));
        switch (format)
        {
            case MessageFormat.Json:
                properties.Type = type;
                properties.CorrelationId = (string?)envelope["correlationId"];
                break;
            case MessageFormat.CloudEventsBinary:
                properties.Headers = new Dictionary<string, object?>(headers, StringComparer.Ordinal)
                {
                    [Event + "specversion"] = "1.0",
                    [Event + "id"] = id,
                    [Event + "source"] = Source,
                    [Event + "type"] = type,
                    [Event + "subject"] = (string?)envelope["correlationId"],
                };
                break;
        }

        properties.MessageId = id;
        properties.ContentType = format switch
        {
            MessageFormat.Envelope => EnvelopeType,
            MessageFormat.CloudEvents => EventType,
            _ => Json,
        };
        return properties;
    }

    /// <summary>The format of what came; null when its content type is that of none.</summary>
    public static MessageFormat? FormatOf(IReadOnlyBasicProperties properties)
    {
        var media = properties.ContentType?.Split(';')[0].Trim();
        return media switch
        {
            EnvelopeType => MessageFormat.Envelope,
            EventType => MessageFormat.CloudEvents,
            Json when Header(properties, Event + "specversion") is not null => MessageFormat.CloudEventsBinary,
            Json when properties.Type is not null => MessageFormat.Json,
            _ => null,
        };
    }

    /// <summary>The same as an envelope.</summary>
    public static JsonObject Read(IReadOnlyBasicProperties properties, JsonObject body) =>
        FormatOf(properties) switch
        {
            MessageFormat.Json => Envelope(properties.MessageId, properties.CorrelationId, properties.Type, body),
            MessageFormat.CloudEvents => Envelope(Text(body, "id"), Text(body, "subject"), Text(body, "type"), body["data"]),
            MessageFormat.CloudEventsBinary => Envelope(
                Header(properties, Event + "id"),
                Header(properties, Event + "subject"),
                Header(properties, Event + "type"),
                body
            ),
            _ => body,
        };

    /// <summary>An envelope around a message.</summary>
    public static JsonObject Envelope(string? id, string? correlation, string? type, JsonNode? message)
    {
        var envelope = new JsonObject
        {
            ["messageId"] = id,
            ["messageType"] = new JsonArray(type),
            ["message"] = message?.DeepClone(),
        };
        if (correlation is not null)
        {
            envelope["correlationId"] = correlation;
        }

        return envelope;
    }

    private static JsonObject InEvent(JsonObject envelope)
    {
        var written = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = (string?)envelope["messageId"],
            ["source"] = Source,
            ["type"] = TypeOf(envelope),
            ["subject"] = (string?)envelope["correlationId"],
            ["datacontenttype"] = Json,
            ["data"] = Message(envelope).DeepClone(),
        };
        if (envelope.ContainsKey("certifyKnows"))
        {
            // An attribute is a text in lower case.
            written["certifyknows"] = "more";
        }

        return written;
    }

    private static JsonObject Message(JsonObject envelope) => envelope["message"]!.AsObject();

    private static string? TypeOf(JsonObject envelope) => (string?)envelope["messageType"]![0];

    private static string? Text(JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string? Header(IReadOnlyBasicProperties properties, string name) =>
        properties.Headers?.TryGetValue(name, out var value) is true
            ? value is byte[] bytes
                ? Encoding.UTF8.GetString(bytes)
                : value as string
            : null;
}
