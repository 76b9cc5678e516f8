using System.Text;
using System.Text.Json;
using SagaOrchestrator.Host.Plans;

namespace SagaOrchestrator.Host.Operations;

/// <summary>What JSON that a caller sends along must be to be stored.</summary>
internal static class StoredJson
{
    private const int Longest = 64 * 1024;

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? Objection(JsonElement? data)
    {
        if (data is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } value)
        {
            return null;
        }

        var json = Encoding.UTF8.GetBytes(value.GetRawText());
        if (json.Length > Longest)
        {
            return $"At most {Longest} bytes are kept. Send a reference to what is larger.";
        }

        return NulCharacters.Find(json) is { } path
            ? $"The text at '{path}' holds a NUL character (U+0000), which cannot be stored. Remove it." : null;
    }
}
