using System.Text;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>Makes a valid document hostile: a value, a member, or the bytes of the whole.</summary>
internal static class BodyMutation
{
    /// <summary>Changed once or several times; rarely not at all.</summary>
    public static byte[] Of(Dice dice, string valid)
    {
        if (dice.OneIn(15))
        {
            return Encoding.UTF8.GetBytes(valid);
        }

        var text = valid;
        for (var times = dice.OneIn(4) ? 3 : 1; times > 0; times--)
        {
            text = dice.OneIn(3) ? Member(dice, text) : Value(dice, text);
        }

        var bytes = HostileValues.Bytes(text);
        return dice.OneIn(4) ? ByteMutation.Of(dice, bytes) : bytes;
    }

    private static string Value(Dice dice, string text)
    {
        if (Parse(text) is not { } root || Places(root).ToList() is not { Count: > 0 } places)
        {
            return text;
        }

        const string mark = "9f1e-put-it-here";
        var (parent, name, index) = dice.Of(places);
        if (parent is JsonObject members)
        {
            members[name!] = mark;
        }
        else
        {
            ((JsonArray)parent)[index] = mark;
        }

        return root.ToJsonString().Replace($"\"{mark}\"", HostileValues.Any(dice), StringComparison.Ordinal);
    }

    private static string Member(Dice dice, string text)
    {
        var names = Parse(text) is { } root
            ? Places(root)
                .Select(place => place.Name)
                .OfType<string>()
                .Where(name => text.Contains($"\"{name}\":", StringComparison.Ordinal))
                .Distinct()
                .ToList()
            : [];
        if (names.Count == 0)
        {
            return text;
        }

        var name = dice.Of(names);
        var found = $"\"{name}\":";
        var at = text.IndexOf(found, StringComparison.Ordinal);
        var changed = dice.Below(6) switch
        {
            0 => $"\"{name.ToUpperInvariant()}\":",
            1 when name.Length > 0 => $"\"{char.ToUpperInvariant(name[0])}{name[1..]}\":",
            2 => $"\"{name}x\":",
            3 => $"\"{name}\":{HostileValues.Any(dice)},{found}",
            4 => $"\"unknown\":{HostileValues.Any(dice)},{found}",
            _ => $"{found}{HostileValues.Any(dice)},{found}",
        };
        return string.Concat(text.AsSpan(0, at), changed, text.AsSpan(at + found.Length));
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            var node = JsonNode.Parse(
                text,
                nodeOptions: null,
                new System.Text.Json.JsonDocumentOptions { AllowDuplicateProperties = false }
            );
            // Half of a surrogate pair is read and cannot be written.
            node?.ToJsonString();
            return node;
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or ArgumentException or InvalidOperationException)
        {
            // Changed before into something that is no JSON.
            return null;
        }
    }

    private static IEnumerable<(JsonNode Parent, string? Name, int Index)> Places(JsonNode node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    yield return (members, name, 0);
                    foreach (var inner in value is null ? [] : Places(value))
                    {
                        yield return inner;
                    }
                }

                break;
            case JsonArray items:
                for (var index = 0; index < items.Count; index++)
                {
                    yield return (items, null, index);
                    foreach (var inner in items[index] is { } item ? Places(item) : [])
                    {
                        yield return inner;
                    }
                }

                break;
        }
    }
}
