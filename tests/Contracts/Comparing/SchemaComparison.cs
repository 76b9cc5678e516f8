using System.Globalization;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Contracts.Tests.Comparing;

/// <summary>
/// Says whom a change of the schemas breaks. Of what the orchestrator sends, everything must be what its receivers could read before. Of
/// what it gets, it must take everything that its senders could send before.
/// </summary>
internal sealed class SchemaComparison
{
    private const string Place = "#/$defs/";
    private readonly List<BreakingChange> found = [];

    // A record may lead back to itself.
    private readonly HashSet<string> within = new(StringComparer.Ordinal);
    private readonly JsonObject before;
    private readonly JsonObject after;
    private string message = string.Empty;
    private string usedBy = string.Empty;
    private bool isSent;

    private SchemaComparison(JsonObject before, JsonObject after) => (this.before, this.after) = (before, after);

    public static IReadOnlyList<BreakingChange> Of(string before, string after)
    {
        static JsonObject Definitions(string document) => JsonNode.Parse(document)!["$defs"]!.AsObject();
        var comparison = new SchemaComparison(Definitions(before), Definitions(after));
        foreach (var (name, schema) in comparison.before.Where(definition => definition.Value!["x-used-by"] is not null))
        {
            comparison.CompareWhole(name, schema!.AsObject());
        }

        return comparison.found;
    }

    private void CompareWhole(string name, JsonObject schema)
    {
        message = name;
        usedBy = schema["x-used-by"] is JsonArray many
            ? string.Join("; ", many.Select(one => one!.GetValue<string>()))
            : (string)schema["x-used-by"]!;
        // A result is what participants send.
        isSent = (string?)schema["x-direction"] == "sent";
        if (after[name] is JsonObject now)
        {
            Compare(string.Empty, schema, now);
        }
        else
        {
            Break(string.Empty, "is gone");
        }
    }

    private void Compare(string path, JsonObject was, JsonObject now)
    {
        // Who sends it may send it plain.
        if (isSent && IsMarked(now) && !IsMarked(was))
        {
            Break(path, "comes encrypted now");
            return;
        }

        (was, now) = (Plain(was), Plain(now));
        if (IsNullable(was) != IsNullable(now) && IsNullable(now) == isSent)
        {
            Break(path, isSent ? "may be null now" : "may not be null any more");
        }

        (was, now) = (Value(was), Value(now));
        var record = (string?)was["$ref"];
        if (record is not null && !within.Add(record))
        {
            return;
        }

        CompareValues(path, Bare(before, was), Bare(after, now));
        if (record is not null)
        {
            within.Remove(record);
        }
    }

    private void CompareValues(string path, JsonObject was, JsonObject now)
    {
        if (Kind(was) != Kind(now))
        {
            Break(path, $"was {Kind(was)}, is {Kind(now)}");
            return;
        }

        CompareWords(path, was, now);
        CompareForms(path, was, now);
        CompareLimits(path, was, now);
        CompareFields(path, was, now);
        if (was["items"] is JsonObject item && now["items"] is JsonObject still)
        {
            Compare(path + "[]", item, still);
        }
    }

    private void CompareFields(string path, JsonObject was, JsonObject now)
    {
        if (was["properties"] is not JsonObject fields)
        {
            return;
        }

        var (mustBefore, mustNow) = (Required(was), Required(now));
        foreach (var (name, schema) in fields)
        {
            var field = path.Length == 0 ? name : $"{path}.{name}";
            if (now["properties"]?[name] is not JsonObject still)
            {
                Break(field, "is gone");
                continue;
            }

            if (isSent && mustBefore.Contains(name) && !mustNow.Contains(name))
            {
                Break(field, "may be left out now");
            }

            Compare(field, schema!.AsObject(), still);
        }

        foreach (var name in mustNow.Except(mustBefore).Where(_ => !isSent))
        {
            Break(path.Length == 0 ? name : $"{path}.{name}", "must be there now");
        }

        if (was["additionalProperties"] is null && now["additionalProperties"] is not null)
        {
            Break(path, "takes no other fields any more");
        }
    }

    private void CompareWords(string path, JsonObject was, JsonObject now)
    {
        var (words, still) = (Words(was), Words(now));
        foreach (var word in isSent ? still.Except(words) : words.Except(still))
        {
            Break(path, isSent ? $"may be '{word}' now" : $"may not be '{word}' any more");
        }
    }

    private void CompareForms(string path, JsonObject was, JsonObject now)
    {
        foreach (var form in new[] { "pattern", "allOf", "format", "not" })
        {
            // Where there is one on one side only, it follows from the lengths.
            if (was[form] is { } old && now[form] is { } current && !JsonNode.DeepEquals(old, current))
            {
                Break(path, $"is written in another form ({form})");
            }
        }
    }

    // A decimal's range stands with the number, of which the string is another form.
    private void CompareLimits(string path, JsonObject was, JsonObject now)
    {
        foreach (var limit in new[] { "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "x-decimals" })
        {
            var (old, current) = (Limit(was, limit), Limit(now, limit));
            if (old != current && IsWider(limit, old, current) == isSent)
            {
                Break(path, $"{limit} was {Words(old)}, is {Words(current)}");
            }
        }
    }

    private static decimal? Limit(JsonObject schema, string limit)
    {
        var holder = schema[limit] is null && schema["anyOf"] is JsonArray forms ? forms[0]! : schema;
        return (decimal?)holder[limit];
    }

    private static bool IsWider(string limit, decimal? was, decimal? now) =>
        limit.StartsWith("min", StringComparison.Ordinal)
            ? (now ?? decimal.MinValue) < (was ?? decimal.MinValue)
            : (now ?? decimal.MaxValue) > (was ?? decimal.MaxValue);

    private static string Words(decimal? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? "none";

    private void Break(string field, string what) => found.Add(new BreakingChange(message, field, what, usedBy));

    private static JsonObject Bare(JsonObject definitions, JsonObject schema)
    {
        // A step's result stands in an allOf, beside who uses it.
        var holder = schema["allOf"] is JsonArray all && all[0]!["$ref"] is not null ? all[0]! : schema;
        return holder["$ref"] is { } reference ? definitions[reference.GetValue<string>()[Place.Length..]]!.AsObject() : schema;
    }

    private static bool IsMarked(JsonObject schema) => schema["x-sensitive"] is not null;

    private static JsonObject Plain(JsonObject schema) => IsMarked(schema) ? schema["anyOf"]![0]!.AsObject() : schema;

    private static bool IsNullable(JsonObject schema) =>
        schema["anyOf"] is JsonArray { Count: 2 } forms && forms[1]!["type"]?.GetValue<string>() == "null";

    private static JsonObject Value(JsonObject schema) => IsNullable(schema) ? schema["anyOf"]![0]!.AsObject() : schema;

    private static string Kind(JsonObject schema) => (string?)schema["type"] ?? (schema["anyOf"] is null ? "anything" : "decimal");

    private static string[] Words(JsonObject schema) => [.. (schema["enum"]?.AsArray() ?? []).Select(word => word!.GetValue<string>())];

    private static HashSet<string> Required(JsonObject schema) =>
        [.. (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>())];
}
