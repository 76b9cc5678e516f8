using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Contracts.Schemas;
using SagaOrchestrator.Intake.Shapes;

namespace SagaOrchestrator.Contracts.Pacts;

/// <summary>
/// What of an example is to be the same in a real message, and what only has its form: read off the intake's description. What has no rule
/// is the same.
/// </summary>
internal sealed class MatchingRules
{
    private readonly JsonObject rules = [];

    /// <summary>The rules, by their place in the body.</summary>
    public JsonObject Body => rules;

    /// <summary>A text of that form.</summary>
    public static JsonObject Form(string pattern) => new() { ["match"] = "regex", ["regex"] = pattern };

    /// <summary>One rule in the form of the specification.</summary>
    public static JsonObject Rule(JsonObject matcher) => new() { ["combine"] = "AND", ["matchers"] = new JsonArray(matcher) };

    public MatchingRules Add(string path, JsonObject matcher)
    {
        rules[path] = Rule(matcher);
        return this;
    }

    /// <summary>Adds what a description says of a value.</summary>
    /// <param name="shape">The description.</param>
    /// <param name="value">The example.</param>
    /// <param name="path">Its place.</param>
    /// <param name="same">Places that are the same as in the example.</param>
    public MatchingRules Add(Shape shape, JsonNode? value, string path, IReadOnlySet<string> same)
    {
        if (value is null || same.Contains(path))
        {
            return this;
        }

        switch (shape)
        {
            case ObjectShape record:
                foreach (var field in record.Fields)
                {
                    Add(field.Shape, value[field.Name], $"{path}.{field.Name}", same);
                }

                break;
            case ListShape list:
                Add(path, new JsonObject { ["match"] = "type", ["min"] = list.Fewest });
                Add(list.Item, value.AsArray().FirstOrDefault(), path + "[*]", same);
                break;
            default:
                Add(path, Matcher(shape, value));
                break;
        }

        return this;
    }

    private static JsonObject Matcher(Shape shape, JsonNode value) =>
        ShapeSchemas.PatternOf(shape) is { } pattern && value.GetValueKind() == JsonValueKind.String
            ? Form(pattern)
            : new JsonObject
            {
                ["match"] = shape switch
                {
                    IntegerShape => "integer",
                    DecimalShape or NumberShape => "number",
                    BooleanShape => "boolean",
                    MapShape => "values",
                    _ => "type",
                },
            };
}
