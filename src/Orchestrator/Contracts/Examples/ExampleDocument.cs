using System.Text.Json.Nodes;
using SagaOrchestrator.Contracts.Describing;

namespace SagaOrchestrator.Contracts.Examples;

/// <summary>The examples as one document.</summary>
internal static class ExampleDocument
{
    private const string Remarks =
        "Each message as it crosses the broker: properties, headers, and the body to the byte (UTF-8). Ids of messages and signals are "
        + "made up; those of sagas and commands are what the orchestrator derives. Services that trace add the header 'traceparent'.";

    public static JsonObject Of(WireContract contract, IReadOnlyList<RecordedMessage> examples) =>
        new()
        {
            ["title"] = $"Examples of the orchestrator '{contract.Orchestrator}'",
            ["description"] = Remarks,
            ["examples"] = new JsonArray([.. examples.Select(example => example.Json())]),
        };
}
