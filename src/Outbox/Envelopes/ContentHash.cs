using System.Buffers.Binary;
using System.Security.Cryptography;
using MassTransit;

namespace SagaOrchestrator.Outbox.Envelopes;

/// <summary>Tells a second delivery of a message from another message under the same id.</summary>
internal static class ContentHash
{
    /// <summary>Of the message's own bytes: what is around it may differ from one sending to the next.</summary>
    public static long Of(ConsumeContext context)
    {
        if (context.SerializerContext is not LeanSerializerContext lean)
        {
            return 0;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(lean.Message, hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }
}
