using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using SagaOrchestrator.Intake.Values;
using SagaOrchestrator.Sensitive.Keys;

namespace SagaOrchestrator.Sensitive.Sealing;

/// <summary>
/// One encrypted value: <c>enc:v1:KEYID:BOX</c>, where BOX is base64url of nonce, encrypted JSON and tag. It holds for one member of one
/// document of one saga, so that it cannot be moved.
/// </summary>
public static class SealedValue
{
    /// <summary>Encrypts a value.</summary>
    /// <param name="json">The value as JSON.</param>
    /// <param name="key">The subject's key.</param>
    /// <param name="place">Where it is to hold.</param>
    public static string Close(ReadOnlySpan<byte> json, DataKey key, SealedPlace place)
    {
        ArgumentNullException.ThrowIfNull(key);
        return $"{SealedText.Prefix}{key.Id}:{Base64Url.EncodeToString(AesBox.Close(key.Secret, json, place.Bytes))}";
    }

    /// <summary>Decrypts a value.</summary>
    /// <param name="text">What <see cref="Close"/> gave.</param>
    /// <param name="key">The subject's key.</param>
    /// <param name="place">Where it stands.</param>
    /// <exception cref="CryptographicException">It is of another key or for another place, or it was changed.</exception>
    public static byte[] Open(string text, DataKey key, SealedPlace place)
    {
        ArgumentNullException.ThrowIfNull(key);
        try
        {
            return TrySplit(text, out var id, out var box) && id == key.Id
                ? AesBox.Open(key.Secret, Base64Url.DecodeFromChars(box), place.Bytes)
                : throw new CryptographicException("The value is of another key.");
        }
        catch (FormatException exception)
        {
            throw new CryptographicException("The encrypted value is not of its form.", exception);
        }
    }

    /// <summary>The name of the key that a value is encrypted with; null when it has none.</summary>
    /// <param name="text">The value.</param>
    public static string? KeyOf(string text) => TrySplit(text, out var id, out _) ? id : null;

    private static bool TrySplit(string text, [NotNullWhen(true)] out string? id, out string box)
    {
        var parts = text.StartsWith(SealedText.Prefix, StringComparison.Ordinal) ? text[SealedText.Prefix.Length..].Split(':') : [];
        (id, box) = parts is [{ Length: > 0 } first, var second] ? (first, second) : (null, string.Empty);
        return id is not null;
    }
}

/// <summary>Where an encrypted value holds.</summary>
/// <param name="SagaId">In which saga.</param>
/// <param name="Document">In which of its documents: <c>start</c>, <c>result/STEP</c> or <c>command/TYPE</c>.</param>
/// <param name="Path">In which member.</param>
public readonly record struct SealedPlace(Guid SagaId, string Document, string Path)
{
    /// <summary>Of a saga's data.</summary>
    public const string Start = "start";

    /// <summary>Of what a step results in.</summary>
    /// <param name="step">The step.</param>
    public static string Result(string step) => "result/" + step;

    /// <summary>Of a command.</summary>
    /// <param name="type">Its type, with its namespace.</param>
    public static string Command(string type) => "command/" + type;

    internal byte[] Bytes => Encoding.UTF8.GetBytes($"v1|{SagaId:N}|{Document}|{Path}");
}
