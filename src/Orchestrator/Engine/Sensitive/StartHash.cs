using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SagaOrchestrator.Intake.Marks;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Sensitive.Keys;

namespace SagaOrchestrator.Engine.Sensitive;

/// <summary>
/// Tells whether two starts have equal data (rule S29) where values are encrypted, with a nonce that is never the same: a hash of what is
/// plain, the key's name, and a hash of everything that only the key can make. When the key is gone, what is plain decides.
/// </summary>
internal static class StartHash
{
    private const int KeyBytes = 16;
    private const int Bytes = SHA256.HashSizeInBytes + KeyBytes + HMACSHA256.HashSizeInBytes;

    /// <summary>The hash of a start.</summary>
    /// <param name="start">What it is.</param>
    /// <param name="data">Its data, plain, as it would be stored.</param>
    /// <param name="key">The subject's key.</param>
    public static byte[] Of(Shape start, string data, DataKey key) =>
        [.. OfPlain(start, data), .. Base64Url.DecodeFromChars(key.Id), .. key.Hash(Encoding.UTF8.GetBytes(data))];

    /// <summary>The name of the key with which a stored saga is encrypted; null when it is not.</summary>
    public static string? KeyOf(byte[] stored) =>
        stored.Length == Bytes ? Base64Url.EncodeToString(stored.AsSpan(SHA256.HashSizeInBytes, KeyBytes)) : null;

    /// <summary>Whether a start's data is equal to that of a stored saga.</summary>
    /// <param name="stored">The saga's hash.</param>
    /// <param name="start">What the start is.</param>
    /// <param name="data">The start's data, plain.</param>
    /// <param name="key">The saga's key; null when it is gone.</param>
    public static bool IsOf(byte[] stored, Shape start, string data, DataKey? key) =>
        stored.AsSpan(0, SHA256.HashSizeInBytes).SequenceEqual(OfPlain(start, data))
        && (
            key is null
            || CryptographicOperations.FixedTimeEquals(
                stored.AsSpan(SHA256.HashSizeInBytes + KeyBytes),
                key.Hash(Encoding.UTF8.GetBytes(data))
            )
        );

    private static byte[] OfPlain(Shape start, string data) =>
        SHA256.HashData(MarkedMembers.Replace(start, JsonElement.Parse(data), static _ => "null"));
}
