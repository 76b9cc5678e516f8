using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SagaOrchestrator.Engine.Webhooks.Sending;

/// <summary>Signs a delivery as Standard Webhooks says: HMAC-SHA256 over id, time and body.</summary>
internal static class Signature
{
    /// <summary>The header's value: one signature for each secret that holds, the newest first.</summary>
    public static string Of(string id, long unixSeconds, ReadOnlySpan<byte> body, IReadOnlyList<byte[]> secrets)
    {
        var signed = (byte[])[.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{unixSeconds}.")), .. body];
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed))));
    }
}
