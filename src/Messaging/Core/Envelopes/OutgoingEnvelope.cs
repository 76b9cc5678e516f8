using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Envelopes;

/// <summary>
/// Writes messages as MassTransit's JSON envelope with what receivers use: ids, message types and the message. The same envelope from
/// MassTransit, with host and addresses, is three times as long, and every byte of it goes through the outbox, the log and the broker.
/// </summary>
public static class OutgoingEnvelope
{
    private const string ContentType = "application/vnd.masstransit+json";

    private static readonly ConcurrentDictionary<Type, string[]> Types = new();

    private static readonly ReusedJson Json = new(new JsonWriterOptions { Encoder = WireJson.Options.Encoder });

    /// <summary>Sends a message with the unit.</summary>
    /// <param name="unit">The unit that it commits with.</param>
    /// <param name="destination">The exchange; that of a queue has the queue's name.</param>
    /// <param name="message">The message: a public record.</param>
    /// <param name="messageId">Its id, by which the receiver recognises a duplicate; null for a new one.</param>
    /// <param name="correlationId">The saga, or whatever else the message belongs to.</param>
    /// <param name="headers">Transport headers for the person in the management console.</param>
    public static void Send(
        this UnitOfWork unit,
        string destination,
        object message,
        Guid? messageId,
        Guid? correlationId,
        IEnumerable<KeyValuePair<string, string>> headers
    )
    {
        // In the order of time, so that the inbox of the receiver grows at one end.
        var id = messageId ?? NewId.NextSequentialGuid();
        var all = new Dictionary<string, string>(headers, StringComparer.Ordinal);
        if (Activity.Current?.Id is { } traceParent)
        {
            all[SagaHeaders.TraceParent] = traceParent;
        }

        unit.Add(new OutgoingMessage(id, destination, ContentType, all, Write(id, correlationId, message)) { Type = message.GetType() });
    }

    /// <summary>Publishes a message with the unit, to the exchange of its type.</summary>
    public static void Publish(
        this UnitOfWork unit,
        object message,
        Guid? correlationId,
        IEnumerable<KeyValuePair<string, string>> headers
    ) => unit.Send(ExchangeOf(message.GetType()), message, messageId: null, correlationId, headers);

    /// <summary>The exchange that messages of a type are published to.</summary>
    public static string ExchangeOf(Type type) => $"{type.Namespace}:{type.Name}";

    internal static byte[] Write(Guid messageId, Guid? correlationId, object message) =>
        Json.Write(
                (messageId, correlationId, message),
                static (json, envelope) => Write(json, envelope.messageId, envelope.correlationId, envelope.message)
            )
            .ToArray();

    private static void Write(Utf8JsonWriter json, Guid messageId, Guid? correlationId, object message)
    {
        json.WriteStartObject();
        json.WriteString("messageId", messageId);
        if (correlationId is { } correlation)
        {
            json.WriteString("correlationId", correlation);
        }

        json.WriteStartArray("messageType");
        foreach (var name in Types.GetOrAdd(message.GetType(), MessageTypeCache.GetMessageTypeNames))
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WritePropertyName("message");
        JsonSerializer.Serialize(json, message, message.GetType(), WireJson.Options);
        json.WriteEndObject();
    }
}
