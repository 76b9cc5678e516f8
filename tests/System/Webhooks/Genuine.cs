using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SagaOrchestrator.Tests.Webhooks;

/// <summary>What docs/api.md says a receiver in C# does.</summary>
internal static class Genuine
{
    public static bool IsGenuine(string secret, string id, string timestamp, string signatures, byte[] body)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = Encoding.UTF8.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
        var sent = DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, CultureInfo.InvariantCulture));
        return (DateTimeOffset.UtcNow - sent).Duration() < TimeSpan.FromMinutes(5)
            && signatures.Split(' ').Any(given => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), expected));
    }
}
