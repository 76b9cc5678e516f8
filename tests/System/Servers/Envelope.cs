using System.Text.Json.Nodes;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>MassTransit's JSON envelope, as a person would paste it into the console.</summary>
internal static class Envelope
{
    public static string Of(string type, JsonNode message, Guid? messageId = null) =>
        new JsonObject
        {
            ["messageId"] = (messageId ?? Guid.NewGuid()).ToString(),
            ["messageType"] = new JsonArray($"urn:message:{type}"),
            ["message"] = message.DeepClone(),
        }.ToJsonString();
}
