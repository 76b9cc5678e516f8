using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace SagaOrchestrator.Certify.Contracts;

/// <summary>The JSON Schemas of the contract.</summary>
internal sealed class MessageSchemas
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List };

    private readonly JsonNode schemas;
    private readonly Dictionary<string, JsonSchema> built = new(StringComparer.Ordinal);

    public MessageSchemas(JsonNode schemas) =>
        this.schemas = JsonNode.Parse(schemas.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!;

    /// <summary>Where and how a value is not what its schema says; null when it is.</summary>
    public string? Refuse(string name, JsonNode? value)
    {
        var results = Schema(name).Evaluate(JsonSerializer.SerializeToElement(value), Options);
        if (results.IsValid)
        {
            return null;
        }

        var refusals = (results.Details ?? [])
            .Append(results)
            .Where(detail => detail.Errors is { Count: > 0 })
            .SelectMany(detail => detail.Errors!.Select(error => $"{Place(detail.InstanceLocation.ToString())}: {error.Value}"));
        return string.Join(" ", refusals.Distinct(StringComparer.Ordinal).Take(3));
    }

    /// <summary>The members that a command must have besides <c>saga</c>.</summary>
    public IReadOnlyList<string> Required(string message) =>
        [.. (schemas[message]?["required"]?.AsArray() ?? []).Select(name => (string)name!).Where(name => name != "saga")];

    private static string Place(string pointer) => pointer.Length == 0 ? "the whole" : pointer;

    private JsonSchema Schema(string name)
    {
        if (!built.TryGetValue(name, out var schema))
        {
            var whole = new JsonObject
            {
                ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
                // The library knows schemas by their ids, all over the process.
                ["$id"] = $"urn:uuid:{Guid.NewGuid()}",
                ["$ref"] = "#/$defs/" + name,
                ["$defs"] = schemas.DeepClone(),
            };
            built[name] = schema = JsonSchema.FromText(whole.ToJsonString());
        }

        return schema;
    }
}
