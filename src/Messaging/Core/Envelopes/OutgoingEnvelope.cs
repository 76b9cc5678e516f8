using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Formats;
using SagaOrchestrator.Messaging.Telemetry;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Envelopes;

/// <summary>
/// Writes messages as MassTransit's JSON envelope with what receivers use: ids, message types and the message. The same envelope from
/// MassTransit, with host and addresses, is three times as long, and every byte of it goes through the outbox, the log and the broker.
/// </summary>
public static class OutgoingEnvelope
{
    private static readonly ConcurrentDictionary<Type, string[]> Types = new();

    private static readonly ReusedJson Json = new(new JsonWriterOptions { Encoder = WireJson.Options.Encoder });

    /// <summary>Sends a message with the unit.</summary>
    /// <param name="unit">The unit that it commits with.</param>
    /// <param name="destination">The exchange; that of a queue is <see cref="Queues.ExchangeOf"/> of it.</param>
    /// <param name="message">The message: a public record, or a <see cref="WrittenMessage"/>.</param>
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
    ) => unit.Add(Of(destination, message, messageId, correlationId, headers));

    /// <summary>A message, to be sent without a unit.</summary>
    /// <param name="destination">The exchange; that of a queue is <see cref="Queues.ExchangeOf"/> of it.</param>
    /// <param name="message">The message: a public record, or a <see cref="WrittenMessage"/>.</param>
    /// <param name="messageId">Its id, by which the receiver recognises a duplicate; null for a new one.</param>
    /// <param name="correlationId">The saga, or whatever else the message belongs to.</param>
    /// <param name="headers">Transport headers for the person in the management console.</param>
    public static OutgoingMessage Of(
        string destination,
        object message,
        Guid? messageId,
        Guid? correlationId,
        IEnumerable<KeyValuePair<string, string>> headers
    )
    {
        // In the order of time, so that the inbox of the receiver grows at one end.
        var id = messageId ?? NewId.NextSequentialGuid();
        return new OutgoingMessage(id, destination, ContentTypes.Envelope, Traced(headers), Write(id, correlationId, message))
        {
            Type = message is JsonCommand ? null : (message as WrittenMessage)?.Type ?? message.GetType(),
        };
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

    /// <summary>The names of a message's type on the wire, its own first.</summary>
    public static IReadOnlyList<string> NamesOf(Type type) => Types.GetOrAdd(type, MessageTypeCache.GetMessageTypeNames);

    /// <summary>The same of a message, which may be a command without a record.</summary>
    internal static IReadOnlyList<string> NamesOf(object message) =>
        message is JsonCommand { Urn: var urn } ? [urn] : NamesOf((message as WrittenMessage)?.Type ?? message.GetType());

    /// <summary>Headers with the trace that a message is written in.</summary>
    internal static Dictionary<string, string> Traced(IEnumerable<KeyValuePair<string, string>> headers)
    {
        var all = new Dictionary<string, string>(headers, StringComparer.Ordinal);
        if (Activity.Current?.Id is { } traceParent)
        {
            all[SagaHeaders.TraceParent] = traceParent;
            TraceBaggage.Write(all);
        }

        return all;
    }

    internal static byte[] Write(Guid messageId, Guid? correlationId, object message) =>
        Json.Write(
                (messageId, correlationId, message),
                static (json, envelope) => Write(json, envelope.messageId, envelope.correlationId, envelope.message)
            )
            .ToArray();

    /// <summary>An envelope around a message that is written already.</summary>
    internal static byte[] Write(Guid messageId, Guid? correlationId, IReadOnlyList<string> types, ReadOnlySpan<byte> message)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            WriteAround(json, messageId, correlationId, types);
            json.WriteRawValue(message);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Guid messageId, Guid? correlationId, object message)
    {
        WriteAround(json, messageId, correlationId, NamesOf(message));
        WriteMessage(json, message);
        json.WriteEndObject();
    }

    /// <summary>The message's own bytes: those of one that is written already, or encrypted, are as they are.</summary>
    internal static void WriteMessage(Utf8JsonWriter json, object message)
    {
        if (message is WrittenMessage written)
        {
            json.WriteRawValue(written.Json.Span, skipInputValidation: true);
        }
        else
        {
            JsonSerializer.Serialize(json, message, message.GetType(), WireJson.Options);
        }
    }

    private static void WriteAround(Utf8JsonWriter json, Guid messageId, Guid? correlationId, IReadOnlyList<string> types)
    {
        json.WriteStartObject();
        json.WriteString("messageId", messageId);
        if (correlationId is { } correlation)
        {
            json.WriteString("correlationId", correlation);
        }

        json.WriteStartArray("messageType");
        foreach (var name in types)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WritePropertyName("message");
    }
}

/// <summary>A message that is JSON already.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Json">The message alone, without its envelope.</param>
public sealed record WrittenMessage(Type Type, ReadOnlyMemory<byte> Json);
