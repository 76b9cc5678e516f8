using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MassTransit;

namespace SagaOrchestrator.Messaging.Envelopes;

/// <summary>Tells a second delivery of a message from another message under the same id.</summary>
internal static class ContentHash
{
    // Only of types that are handled here.
    private static readonly ConcurrentDictionary<string, long> Types = new(StringComparer.Ordinal);

    /// <summary>Of the message's type and its own bytes: what is around it may differ from one sending to the next.</summary>
    public static long Of(ConsumeContext context) =>
        context.SerializerContext is LeanSerializerContext lean
            ? Of(lean.Message) ^ Types.GetOrAdd(lean.SupportedMessageTypes[0], static type => Of(Encoding.UTF8.GetBytes(type)))
            : 0;

    private static long Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }
}
