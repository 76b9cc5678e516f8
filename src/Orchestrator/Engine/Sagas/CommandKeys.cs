using System.Security.Cryptography;

namespace SagaOrchestrator.Engine.Sagas;

/// <summary>Draws the secrets from which sagas have the ids of their commands (rule S37).</summary>
internal static class CommandKeys
{
    public static Guid Draw()
    {
        // Guid.NewGuid does not promise that nobody can tell the next.
        Span<byte> key = stackalloc byte[16];
        RandomNumberGenerator.Fill(key);
        return new Guid(key);
    }
}
