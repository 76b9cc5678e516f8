using System.Text.Json.Nodes;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Contracts.Schemas;

/// <summary>JSON Schema of everything that is sent: a body of the queues is one of the envelopes.</summary>
internal static class SchemaDocument
{
    private const string Place = "#/$defs/";

    private const string Remarks =
        "Made from the intake's description. The intake refuses besides, and no schema can say: a field twice, a field in another case, "
        + "an exponent in a decimal or a whole number, more than 28 digits, invisible characters in a key, bytes that are not UTF-8, "
        + "and what is over the limits below.";

    public static JsonObject Of(WireContract contract, IntakeLimits limits) =>
        new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"urn:saga-orchestrator:contract:{contract.Orchestrator}",
            ["title"] = $"Messages of the orchestrator '{contract.Orchestrator}'",
            ["description"] = Remarks,
            ["x-limits"] = new JsonObject
            {
                ["startBytes"] = limits.StartBytes,
                ["documentBytes"] = limits.DocumentBytes,
                ["messageBytes"] = limits.MessageBytes,
                ["depth"] = limits.Depth,
            },
            ["anyOf"] = new JsonArray([.. contract.Messages.Select(message => new JsonObject { ["$ref"] = Place + message.EnvelopeName })]),
            ["$defs"] = MessageSchemas.Of(contract, limits, Place),
        };
}
