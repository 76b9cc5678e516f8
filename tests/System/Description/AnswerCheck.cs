using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace SagaOrchestrator.Tests.Description;

/// <summary>Holds answers to their schemas. What a schema does not name is a difference too.</summary>
internal sealed class AnswerCheck
{
    private static readonly EvaluationOptions Strict = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private const string Here = "#/components/schemas/";
    private const string There = "#/$defs/";

    private readonly JsonNode schemas;

    public AnswerCheck(JsonObject document)
    {
        schemas = Moved(document["components"]!["schemas"]!);
        foreach (var (_, schema) in schemas.AsObject())
        {
            var isOpen = ((string?)schema!["description"])?.Contains("more members", StringComparison.Ordinal) == true;
            if (schema["properties"] is not null && schema["additionalProperties"] is null && !isOpen)
            {
                schema["additionalProperties"] = false;
            }
        }
    }

    public string? Complaint(JsonNode schema, string body)
    {
        var whole = new JsonObject { ["allOf"] = new JsonArray(Moved(schema)), ["$defs"] = schemas.DeepClone() };
        var result = JsonSchema.FromText(whole.ToJsonString()).Evaluate(JsonDocument.Parse(body).RootElement, Strict);
        return result.IsValid
            ? null
            : string.Join(
                "; ",
                (result.Details ?? [])
                    .Where(detail => detail.Errors is { Count: > 0 })
                    .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"))
                    .Distinct()
                    .Take(5)
            );
    }

    private static JsonNode Moved(JsonNode schema) => JsonNode.Parse(schema.ToJsonString().Replace(Here, There, StringComparison.Ordinal))!;
}
