using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SagaOrchestrator.Decisions.Ids;

/// <summary>Ids are derived, not drawn (RFC 9562, version 5), so that a repeated decision sends the same ids.</summary>
public static class SagaIds
{
    private static readonly Guid Namespace = new("6f1e2a53-52d2-4f0b-8f0e-6d8a2c1f9b77");

    // Looking the algorithm up costs several times as much as such a short hash.
    [ThreadStatic]
    private static IncrementalHash? sha1;

    /// <summary>The saga of a business key: the same key is always the same saga (rule S29).</summary>
    public static Guid OfSaga(string type, string businessKey) => Derive(Namespace, $"saga\n{type}\n{businessKey}");

    /// <summary>
    /// The command of a step, stable over attempts and redeliveries (rules S10 and S15). Who does not know the saga's key cannot tell it.
    /// </summary>
    public static Guid OfCommand(Guid commandKey, string step, Direction direction) => Derive(commandKey, $"command\n{step}\n{direction}");

    /// <summary>The message that carries one attempt of a command.</summary>
    public static Guid OfMessage(Guid commandId, int attempt) =>
        Derive(commandId, string.Create(CultureInfo.InvariantCulture, $"attempt\n{attempt}"));

    /// <summary>The message that asks for the outcome of a command.</summary>
    public static Guid OfEnquiry(Guid commandId, int attempt, int enquiry) =>
        Derive(commandId, string.Create(CultureInfo.InvariantCulture, $"enquiry\n{attempt}\n{enquiry}"));

    private static Guid Derive(Guid space, string name)
    {
        var most = 16 + Encoding.UTF8.GetMaxByteCount(name.Length);
        var input = most <= 1024 ? stackalloc byte[most] : new byte[most];
        space.TryWriteBytes(input, bigEndian: true, out _);
        var length = Encoding.UTF8.GetBytes(name, input[16..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        sha1 ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        sha1.AppendData(input[..(16 + length)]);
        sha1.GetHashAndReset(hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(
            BinaryPrimitives.ReadUInt32BigEndian(hash),
            BinaryPrimitives.ReadUInt16BigEndian(hash[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(hash[6..]),
            hash[8],
            hash[9],
            hash[10],
            hash[11],
            hash[12],
            hash[13],
            hash[14],
            hash[15]
        );
    }
}
