using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;

namespace SagaOrchestrator.Messaging.RabbitMq.DeadLetters;

/// <summary>
/// Knows a dead letter again. Ours say who they are; of another's, which do not, the id follows from what is the same in the letter and in
/// its copy. So two of another's letters that are the same to the byte, and died in the same second, are one.
/// </summary>
internal static class LetterIdentity
{
    /// <summary>The letter's id.</summary>
    /// <param name="properties">Its properties.</param>
    /// <param name="queue">The queue that it was taken from.</param>
    /// <param name="body">Its bytes.</param>
    public static Guid Of(IReadOnlyBasicProperties properties, string queue, ReadOnlySpan<byte> body) =>
        Guid.TryParseExact(Text(properties, SagaHeaders.DeadLetterId), "D", out var given) && given != Guid.Empty
            ? given
            : Derived(properties, queue, body);

    /// <summary>What a letter is, for the index.</summary>
    public static DeadLetterCopy Copy(IReadOnlyBasicProperties properties, string queue, ReadOnlyMemory<byte> body) =>
        new(Of(properties, queue, body.Span), queue, properties.MessageId, properties.ContentType, LetterHeaders.Plain(properties), body)
        {
            Type = properties.Type,
        };

    private static Guid Derived(IReadOnlyBasicProperties properties, string queue, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[] { queue, properties.MessageId, Text(properties, SagaHeaders.DeadLetterAt), Text(properties, "x-death") })
        {
            // What ends one part begins no other.
            hash.AppendData(Encoding.UTF8.GetBytes((part ?? string.Empty) + "\0"));
        }

        hash.AppendData(body);
        var bytes = hash.GetHashAndReset().AsSpan(0, 16);
        // Version 8 of RFC 9562: made by a rule of one's own.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static string? Text(IReadOnlyBasicProperties properties, string name) =>
        properties.Headers?.TryGetValue(name, out var value) == true
            ? LetterHeaders.Plain(value) is string text
                ? text
                : JsonSerializer.Serialize(LetterHeaders.Plain(value))
            : null;
}
