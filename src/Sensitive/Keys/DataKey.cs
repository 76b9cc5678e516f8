using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SagaOrchestrator.Sensitive.Keys;

/// <summary>The key of one subject. What is encrypted with it is gone when it is.</summary>
public sealed class DataKey
{
    private const int Bytes = 32;

    private readonly byte[] secret;

    private DataKey(string id, byte[] secret) => (Id, this.secret) = (id, secret);

    /// <summary>Its name in each value that is encrypted with it: 16 random bytes, as base64url.</summary>
    public string Id { get; }

    internal ReadOnlySpan<byte> Secret => secret;

    /// <summary>Makes one.</summary>
    public static DataKey Draw() =>
        new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The key as it is kept.</summary>
    /// <param name="by">The key that wraps it.</param>
    public WrappedDataKey Wrap(WrappingKey by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return new WrappedDataKey(Id, by.Name, AesBox.Close(by.Secret.Span, secret, Bound(Id, by.Name)));
    }

    /// <summary>The key that was wrapped.</summary>
    /// <param name="wrapped">What is kept of it.</param>
    /// <param name="keys">The ring with the key that wraps it.</param>
    /// <exception cref="MissingKeyException">The wrapping key is not in the ring.</exception>
    /// <exception cref="CryptographicException">It was wrapped by another key of that name, or it was changed.</exception>
    public static DataKey Unwrap(WrappedDataKey wrapped, ISensitiveKeys keys)
    {
        ArgumentNullException.ThrowIfNull(wrapped);
        ArgumentNullException.ThrowIfNull(keys);
        var by = keys.Find(wrapped.WrappingKey) ?? throw new MissingKeyException(wrapped.WrappingKey);
        return new DataKey(wrapped.Id, AesBox.Open(by.Secret.Span, wrapped.Bytes, Bound(wrapped.Id, by.Name)));
    }

    /// <summary>Tells equal texts, to those who have the key.</summary>
    /// <param name="text">The text.</param>
    public byte[] Hash(ReadOnlySpan<byte> text) => HMACSHA256.HashData(secret, text);

    private static byte[] Bound(string id, string by) => Encoding.UTF8.GetBytes($"data-key|{by}|{id}");
}

/// <summary>A subject's key as it is kept.</summary>
/// <param name="Id">The key's name.</param>
/// <param name="WrappingKey">The name of the key that wraps it.</param>
/// <param name="Bytes">Nonce, encrypted key and tag.</param>
public sealed record WrappedDataKey(string Id, string WrappingKey, byte[] Bytes);

/// <summary>A wrapping key is not in the ring.</summary>
/// <param name="name">Its name.</param>
public sealed class MissingKeyException(string name)
    : Exception($"The key '{name}' is not in the ring here. Set Sensitive:Keys:{name}, or add it to the file of Sensitive:KeyFile.");
