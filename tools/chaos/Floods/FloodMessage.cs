using System.Text;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Chaos.Floods;

/// <summary>One message of a flood, and where it must end.</summary>
/// <param name="Id">Its message id.</param>
/// <param name="Queue">Where it is sent.</param>
/// <param name="Type">Its type, without <c>urn:message:</c>.</param>
/// <param name="Body">What it says.</param>
/// <param name="DeadLetter">With which reason it must become a dead letter; null when it must be handled.</param>
internal sealed record FloodMessage(Guid Id, string Queue, string Type, JsonObject Body, string? DeadLetter = null)
{
    /// <summary>How often it counts as redelivered already.</summary>
    public int Redeliveries { get; init; }

    public byte[] Envelope() =>
        Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["messageId"] = Id.ToString(),
                ["messageType"] = new JsonArray("urn:message:" + Type),
                ["message"] = Body.DeepClone(),
            }.ToJsonString()
        );
}
