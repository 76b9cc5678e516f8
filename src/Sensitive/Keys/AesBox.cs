using System.Security.Cryptography;

namespace SagaOrchestrator.Sensitive.Keys;

/// <summary>AES-256-GCM: a random nonce of 12 bytes, the encrypted bytes, a tag of 16.</summary>
internal static class AesBox
{
    private const int Nonce = 12;
    private const int Tag = 16;

    public static byte[] Close(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> bound)
    {
        var box = new byte[Nonce + plain.Length + Tag];
        RandomNumberGenerator.Fill(box.AsSpan(0, Nonce));
        using var aes = new AesGcm(key, Tag);
        aes.Encrypt(box.AsSpan(0, Nonce), plain, box.AsSpan(Nonce, plain.Length), box.AsSpan(Nonce + plain.Length), bound);
        return box;
    }

    /// <exception cref="CryptographicException">Another key closed it, for something else, or it was changed.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> bound)
    {
        if (box.Length < Nonce + Tag)
        {
            throw new CryptographicException("The encrypted value is cut short.");
        }

        var plain = new byte[box.Length - Nonce - Tag];
        using var aes = new AesGcm(key, Tag);
        aes.Decrypt(box[..Nonce], box[Nonce..^Tag], box[^Tag..], plain, bound);
        return plain;
    }
}
