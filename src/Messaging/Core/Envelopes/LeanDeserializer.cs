using System.Net.Mime;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Formats;

namespace SagaOrchestrator.Messaging.Envelopes;

/// <summary>
/// Reads envelopes in one pass, without a document in between: MassTransit's own reader parses the body three times. What is neither an
/// envelope nor of another format that is known is refused here, before anything is read from it (rule S39).
/// </summary>
internal sealed class LeanDeserializer(IntakeLimits limits, Func<ReceiveContext, MessageAttributes> attributes) : IMessageDeserializer
{
    private const int AroundMessage = 16 * 1024;

    private readonly SystemTextJsonMessageSerializer full = SystemTextJsonMessageSerializer.Instance;

    public ContentType ContentType => full.ContentType;

    public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
        new BodyConsumeContext(
            receiveContext,
            receiveContext.ContentType?.MediaType is ContentTypes.Envelope ? Read(receiveContext.Body) : ReadAny(receiveContext)
        );

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) => Read(body);

    public MessageBody GetMessageBody(string text) => full.GetMessageBody(text);

    public void Probe(ProbeContext context) => full.Probe(context);

    // By its content type, and by what stands beside the body.
    private LeanSerializerContext ReadAny(ReceiveContext delivery)
    {
        var (media, beside) = (delivery.ContentType?.MediaType, attributes(delivery));
        var format = ContentTypes.FormatOf(media, beside.Type, beside.IsEvent);
        if (format != MessageFormat.Envelope)
        {
            var bytes = BytesOf(delivery.Body);
            return new LeanSerializerContext(full, delivery.Body, bytes, OtherFormats.Read(format, beside, bytes), limits);
        }

        return OtherFormats.IsNameless(media, BytesOf(delivery.Body))
            ? throw MalformedMessage.Of([OtherFormats.Nameless])
            : Read(delivery.Body);
    }

    private LeanSerializerContext Read(MessageBody body)
    {
        var bytes = BytesOf(body);
        return Contract.NotUtf8(bytes) is null && TryRead(bytes) is { IsWhole: true } envelope
            ? new LeanSerializerContext(full, body, bytes, envelope, limits)
            : throw MalformedMessage.Of(Envelope.Check(bytes));
    }

    private byte[] BytesOf(MessageBody body)
    {
        var bytes = body.GetBytes();
        var most = Math.Max(limits.MessageBytes, limits.StartBytes + AroundMessage);
        if (bytes.Length > most)
        {
            throw MalformedMessage.TooLarge(bytes.Length, most);
        }

        return bytes;
    }

    // Null for whatever is not quite as it should be; the description then says what.
    private static LeanEnvelope? TryRead(byte[] bytes)
    {
        try
        {
            return Read(new Utf8JsonReader(bytes));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static LeanEnvelope? Read(Utf8JsonReader reader)
    {
        var envelope = new LeanEnvelope();
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!ReadField(ref reader, envelope))
            {
                return null;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject && !reader.Read() ? envelope : null;
    }

    // False when it stands there a second time, or is not of its form.
    private static bool ReadField(ref Utf8JsonReader reader, LeanEnvelope envelope)
    {
        if (reader.ValueTextEquals("messageId"u8))
        {
            return envelope.MessageId is null && (envelope.MessageId = ReadId(ref reader)) is not null;
        }

        if (reader.ValueTextEquals("correlationId"u8))
        {
            return ReadCorrelation(ref reader, envelope);
        }

        if (reader.ValueTextEquals("messageType"u8))
        {
            return envelope.MessageTypes is null && (envelope.MessageTypes = ReadTypes(ref reader)) is { Length: > 0 };
        }

        var isMessage = reader.ValueTextEquals("message"u8);
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        reader.Skip();
        if (!isMessage)
        {
            return true;
        }

        var isFirst = envelope.Message is null;
        envelope.Message = start..(int)reader.BytesConsumed;
        return isFirst && isObject;
    }

    private static bool ReadCorrelation(ref Utf8JsonReader reader, LeanEnvelope envelope)
    {
        var isFirst = envelope.CorrelationId is null;
        var before = reader;
        before.Read();
        if (before.TokenType == JsonTokenType.Null)
        {
            reader = before;
            return isFirst;
        }

        return isFirst && (envelope.CorrelationId = ReadId(ref reader)) is not null;
    }

    private static Guid? ReadId(ref Utf8JsonReader reader) =>
        reader.Read()
        && reader.TokenType == JsonTokenType.String
        && reader.ValueSpan.Length == 36
        && reader.TryGetGuid(out var id)
        && id != Guid.Empty
            ? id
            : null;

    private static string[]? ReadTypes(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return null;
        }

        var types = new List<string>(2);
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            types.Add(reader.GetString()!);
        }

        return reader.TokenType == JsonTokenType.EndArray ? [.. types] : null;
    }
}

/// <summary>Where things are in a body.</summary>
internal sealed class LeanEnvelope
{
    public MessageFormat Format { get; init; }

    public Guid? MessageId { get; set; }

    public Guid? CorrelationId { get; set; }

    public string[]? MessageTypes { get; set; }

    public Range? Message { get; set; }

    public bool IsWhole => MessageId is not null && MessageTypes is not null && Message is not null;
}
