using System.Text.Json;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Postgres.Outbox;

/// <summary>The messages of a group as the text of one outbox row, to the byte of each envelope.</summary>
internal static class OutboxGroupText
{
    private const string JsonEnding = "json";

    /// <summary>Reads the array, without those of units that were not committed.</summary>
    public static IReadOnlyList<OutgoingMessage> Read(string text, IReadOnlyCollection<int> leftOut)
    {
        using var document = JsonDocument.Parse(text);
        return
        [
            .. document
                .RootElement.EnumerateArray()
                .Where(message => !leftOut.Contains(message.GetProperty("unit").GetInt32()))
                .Select(Read),
        ];
    }

    /// <summary>Writes one message of the array.</summary>
    /// <param name="json">The array.</param>
    /// <param name="unit">The number of the message's unit in the group.</param>
    /// <param name="message">The message.</param>
    public static void Write(Utf8JsonWriter json, int unit, OutgoingMessage message)
    {
        json.WriteStartObject();
        json.WriteNumber("unit", unit);
        json.WriteString("id", message.MessageId);
        json.WriteString("to", message.Destination);
        json.WriteString("type", message.ContentType);
        json.WriteStartObject("headers");
        foreach (var (name, value) in message.Headers)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        if (message.ContentType.EndsWith(JsonEnding, StringComparison.Ordinal))
        {
            json.WritePropertyName("body");
            json.WriteRawValue(message.Body.Span, skipInputValidation: true);
        }
        else
        {
            json.WriteBase64String("bytes", message.Body.Span);
        }

        json.WriteEndObject();
    }

    private static OutgoingMessage Read(JsonElement message) =>
        new(
            message.GetProperty("id").GetGuid(),
            message.GetProperty("to").GetString()!,
            message.GetProperty("type").GetString()!,
            message
                .GetProperty("headers")
                .EnumerateObject()
                .ToDictionary(header => header.Name, header => header.Value.GetString()!, StringComparer.Ordinal),
            message.TryGetProperty("body", out var body)
                ? System.Text.Encoding.UTF8.GetBytes(body.GetRawText())
                : message.GetProperty("bytes").GetBytesFromBase64()
        );
}
