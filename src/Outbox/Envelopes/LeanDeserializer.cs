using System.Net.Mime;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;

namespace SagaOrchestrator.Outbox.Envelopes;

/// <summary>
/// Reads envelopes in one pass, without a document in between: MassTransit's own reader parses the body three times. Whatever it does not
/// expect, from fields that only other senders write to a body that cannot be read, is left to MassTransit's reader.
/// </summary>
internal sealed class LeanDeserializer : IMessageDeserializer
{
    private readonly SystemTextJsonMessageSerializer full = SystemTextJsonMessageSerializer.Instance;

    public ContentType ContentType => full.ContentType;

    public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
        TryRead(receiveContext.Body) is { } lean ? new BodyConsumeContext(receiveContext, lean) : full.Deserialize(receiveContext);

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) =>
        TryRead(body) ?? full.Deserialize(body, headers, destinationAddress);

    public MessageBody GetMessageBody(string text) => full.GetMessageBody(text);

    public void Probe(ProbeContext context) => full.Probe(context);

    private LeanSerializerContext? TryRead(MessageBody body)
    {
        var bytes = body.GetBytes();
        try
        {
            return Read(bytes) is { } envelope ? new LeanSerializerContext(full, body, bytes, envelope) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static LeanEnvelope? Read(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        var envelope = new LeanEnvelope();
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("messageId"u8))
            {
                reader.Read();
                envelope.MessageId = reader.GetGuid();
            }
            else if (reader.ValueTextEquals("correlationId"u8))
            {
                reader.Read();
                envelope.CorrelationId = reader.GetGuid();
            }
            else if (reader.ValueTextEquals("messageType"u8))
            {
                reader.Read();
                envelope.MessageTypes = ReadTypes(ref reader);
            }
            else if (reader.ValueTextEquals("message"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                envelope.Message = start..(int)reader.BytesConsumed;
            }
            else
            {
                return null;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject && !reader.Read() && envelope.IsWhole ? envelope : null;
    }

    private static string[] ReadTypes(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("messageType is no array.");
        }

        var types = new List<string>(2);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            types.Add(reader.GetString() ?? throw new JsonException("A messageType is null."));
        }

        return [.. types];
    }
}

/// <summary>Where things are in a body.</summary>
internal sealed class LeanEnvelope
{
    public Guid? MessageId { get; set; }

    public Guid? CorrelationId { get; set; }

    public string[]? MessageTypes { get; set; }

    public Range? Message { get; set; }

    public bool IsWhole => MessageId is not null && MessageTypes is not null && Message is not null;
}
