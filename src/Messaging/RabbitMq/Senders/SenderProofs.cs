using System.Security.Cryptography;
using System.Text;

namespace SagaOrchestrator.Messaging.RabbitMq.Senders;

/// <summary>
/// Proves that this service has written who sent a message. A dead letter that somebody moves back in the management console comes without
/// a user id; its proof says that the name on it is still true of these bytes. HMAC-SHA256 over name and body,
/// and over the type of a message whose body does not name it.
/// </summary>
public sealed class SenderProofs
{
    private volatile IReadOnlyList<byte[]> keys = [];

    /// <summary>Proves with the first key from now on, and takes a proof by any of them. Without keys nothing is proved.</summary>
    /// <param name="newestFirst">The keys, which all nodes of the service share.</param>
    public void Use(IReadOnlyList<byte[]> newestFirst) => keys = newestFirst;

    internal string? Of(string sender, string? type, ReadOnlySpan<byte> body) =>
        keys is [var key, ..] ? Convert.ToBase64String(Hash(key, sender, type, body)) : null;

    internal bool Holds(string sender, string? type, ReadOnlySpan<byte> body, string proof)
    {
        var claimed = Encoding.ASCII.GetBytes(proof);
        foreach (var key in keys)
        {
            var right = Encoding.ASCII.GetBytes(Convert.ToBase64String(Hash(key, sender, type, body)));
            if (CryptographicOperations.FixedTimeEquals(right, claimed))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Hash(byte[] key, string sender, string? type, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(sender));
        hash.AppendData("\n"u8);
        if (type is not null)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(type));
            hash.AppendData("\n"u8);
        }

        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
