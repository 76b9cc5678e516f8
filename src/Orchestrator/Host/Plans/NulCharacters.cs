using System.Text.Json;

namespace SagaOrchestrator.Host.Plans;

/// <summary>Finds text that Postgres cannot store.</summary>
internal static class NulCharacters
{
    /// <summary>The path of the first text with a NUL character in valid JSON; null when there is none.</summary>
    public static string? Find(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\u0000"u8) < 0)
        {
            return null;
        }

        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        return Find(document.RootElement, string.Empty);
    }

    /// <summary>The same document with NUL characters replaced, as Postgres can store it.</summary>
    public static string Replaced(string json)
    {
        const string escaped = @"\u0000";
        for (var at = json.IndexOf(escaped, StringComparison.Ordinal); at >= 0; at = json.IndexOf(escaped, at + 1, StringComparison.Ordinal))
        {
            // After an odd number of backslashes this one is itself escaped, and what follows is plain text.
            var before = at - json.AsSpan(0, at).TrimEnd('\\').Length;
            if (before % 2 == 0)
            {
                json = string.Concat(json.AsSpan(0, at), @"\ufffd", json.AsSpan(at + escaped.Length));
            }
        }

        return json;
    }

    private static string? Find(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!.Contains('\0', StringComparison.Ordinal) ? path : null,
        JsonValueKind.Array => element.EnumerateArray()
            .Select((item, index) => Find(item, $"{path}[{index}]")).FirstOrDefault(found => found is not null),
        JsonValueKind.Object => element.EnumerateObject()
            .Select(property => Find(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}"))
            .FirstOrDefault(found => found is not null),
        _ => null,
    };
}
