using System.Security.Cryptography;

namespace SagaOrchestrator.Engine.Webhooks;

/// <summary>Secrets that sign, as Standard Webhooks writes them.</summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";

    // As many as the hash has: more would be hashed first.
    private const int Size = 32;

    public static byte[] Make() => RandomNumberGenerator.GetBytes(Size);

    public static string Written(byte[] secret) => Prefix + Convert.ToBase64String(secret);
}
