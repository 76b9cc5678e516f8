using System.Globalization;
using System.Text.Json;
using MassTransit;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Formats;

namespace SagaOrchestrator.Messaging.Envelopes;

/// <summary>
/// Finds in a message that is no envelope what an envelope says: id, type and the message's own bytes. Whatever reads the message after
/// that does not know the difference.
/// </summary>
internal static class OtherFormats
{
    private const string Id = "a UUID of 36 characters, not all zeros";

    /// <summary>Reads a body of one of the other formats. Throws for one that is not of its format.</summary>
    public static LeanEnvelope Read(MessageFormat format, MessageAttributes beside, byte[] bytes)
    {
        if (Contract.NotUtf8(bytes) is { } invalid)
        {
            throw MalformedMessage.Of([invalid]);
        }

        return format == MessageFormat.CloudEvents ? Event(bytes) : Plain(format, beside, bytes);
    }

    /// <summary>Says what a body lacks that came as JSON, without a type beside it, and is no envelope either.</summary>
    public static Refusal Nameless { get; } =
        new(
            "properties.type",
            "the message's type as in 'urn:message:Namespace:Name'; else an envelope with messageId, messageType and message as the body",
            "nothing"
        );

    /// <summary>Whether it is such a body.</summary>
    public static bool IsNameless(string? media, byte[] bytes)
    {
        if (!string.Equals(media, ContentTypes.Json, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            using var body = JsonDocument.Parse(bytes);
            return body.RootElement.ValueKind == JsonValueKind.Object && !body.RootElement.TryGetProperty("messageType", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static LeanEnvelope Plain(MessageFormat format, MessageAttributes beside, byte[] bytes)
    {
        var (id, type) =
            format == MessageFormat.Json
                ? ("properties.message-id", "properties.type")
                : ("headers." + SagaHeaders.CloudEvent + "id", "headers." + SagaHeaders.CloudEvent + "type");
        return new LeanEnvelope
        {
            Format = format,
            MessageId = IdOf(beside.MessageId) ?? throw Refused(id, Id, beside.MessageId),
            MessageTypes = [beside.Type is { Length: > 0 } name ? name : throw Refused(type, "the message's type", beside.Type)],
            CorrelationId = IdOf(beside.CorrelationId),
            Message = ..bytes.Length,
        };
    }

    private static LeanEnvelope Event(byte[] bytes)
    {
        if (CloudEvent.Check(bytes) is { Count: > 0 } refusals)
        {
            throw MalformedMessage.Of(refusals);
        }

        var read = new LeanEnvelope { Format = MessageFormat.CloudEvents };
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            switch (name)
            {
                case "id":
                    read.MessageId = reader.GetGuid();
                    break;
                case "type":
                    read.MessageTypes = [reader.GetString()!];
                    break;
                case "subject":
                    read.CorrelationId = IdOf(reader.GetString());
                    break;
            }

            reader.Skip();
            if (name == "data")
            {
                read.Message = start..(int)reader.BytesConsumed;
            }
        }

        return read;
    }

    private static Guid? IdOf(string? text) => Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty ? id : null;

    private static RefusedMessageException Refused(string path, string expected, string? got) =>
        MalformedMessage.Of([
            new Refusal(
                path,
                expected,
                got is null ? "nothing" : string.Create(CultureInfo.InvariantCulture, $"a string of {got.Length} characters")
            ),
        ]);
}
