using System.Globalization;
using System.Text.Json;
using MassTransit;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Formats;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Envelopes;

/// <summary>Writes messages for those who read no envelope: the message alone, or as the data of a CloudEvent.</summary>
public static class OutgoingFormats
{
    /// <summary>Among the headers of a message: becomes the AMQP property <c>correlation_id</c>.</summary>
    public const string CorrelationId = "correlation-id";

    /// <summary>Among the headers of a message: becomes the AMQP property <c>reply_to</c>.</summary>
    public const string ReplyTo = "reply-to";

    private static readonly ReusedJson Json = new(new JsonWriterOptions { Encoder = WireJson.Options.Encoder });

    /// <summary>A message in a format that is not the envelope.</summary>
    /// <param name="format">The format.</param>
    /// <param name="destination">The exchange; that of a queue is <see cref="Queues.ExchangeOf"/> of it.</param>
    /// <param name="message">The message: a public record.</param>
    /// <param name="messageId">Its id, by which the receiver recognises a duplicate; null for a new one.</param>
    /// <param name="sagaId">The saga.</param>
    /// <param name="headers">Transport headers for the person in the management console.</param>
    /// <param name="from">Who sends it, and where an answer goes.</param>
    public static OutgoingMessage Of(
        MessageFormat format,
        string destination,
        object message,
        Guid? messageId,
        Guid sagaId,
        IEnumerable<KeyValuePair<string, string>> headers,
        MessageOrigin from
    )
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(from);
        var type = OutgoingEnvelope.NamesOf(message)[0];
        var about = new Event(messageId ?? NewId.NextSequentialGuid(), from, type, sagaId);
        var all = OutgoingEnvelope.Traced(headers);
        switch (format)
        {
            case MessageFormat.Json:
                all[SagaHeaders.MessageType] = type;
                all[CorrelationId] = sagaId.ToString();
                if (from.ReplyTo is { } replyTo)
                {
                    all[ReplyTo] = replyTo;
                }

                break;
            case MessageFormat.CloudEventsBinary:
                foreach (var (name, value) in about.Attributes())
                {
                    all[SagaHeaders.CloudEvent + name] = value;
                }

                break;
        }

        var body = format == MessageFormat.CloudEvents ? Write(about, message) : Write(message);
        return new OutgoingMessage(about.Id, destination, ContentTypes.Of(format), all, body)
        {
            Type = message is JsonCommand ? null : (message as WrittenMessage)?.Type ?? message.GetType(),
        };
    }

    private static byte[] Write(object message) =>
        Json.Write(message, static (json, written) => OutgoingEnvelope.WriteMessage(json, written)).ToArray();

    private static byte[] Write(Event about, object message) =>
        Json.Write(
                (about, message),
                static (json, written) =>
                {
                    json.WriteStartObject();
                    foreach (var (name, value) in written.about.Attributes())
                    {
                        json.WriteString(name, value);
                    }

                    json.WriteString("datacontenttype", ContentTypes.Json);
                    json.WritePropertyName("data");
                    OutgoingEnvelope.WriteMessage(json, written.message);
                    json.WriteEndObject();
                }
            )
            .ToArray();

    private sealed record Event(Guid Id, MessageOrigin From, string Type, Guid SagaId)
    {
        private readonly DateTimeOffset at = From.At ?? DateTimeOffset.UtcNow;

        public IEnumerable<(string Name, string Value)> Attributes() =>
            [
                ("specversion", "1.0"),
                ("id", Id.ToString()),
                ("source", From.Source),
                ("type", Type),
                ("time", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
                ("subject", SagaId.ToString()),
            ];
    }
}

/// <summary>Who sends a message.</summary>
/// <param name="Source">The source of a CloudEvent: a URI reference.</param>
/// <param name="ReplyTo">The exchange that an answer goes to; null when none is asked for.</param>
/// <param name="At">When; null for now.</param>
public sealed record MessageOrigin(string Source, string? ReplyTo = null, DateTimeOffset? At = null)
{
    /// <summary>An orchestrator, by its queue.</summary>
    public static MessageOrigin Orchestrator(string queue) =>
        new("/orchestrators/" + Uri.EscapeDataString(queue), Queues.ExchangeOf(queue));

    /// <summary>Whoever executes a step.</summary>
    public static MessageOrigin Step(string step) => new("/steps/" + Uri.EscapeDataString(step));
}
