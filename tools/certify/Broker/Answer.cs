using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Certify.Broker;

/// <summary>A participant's reply as it came.</summary>
/// <param name="Type">Its type without the namespace, for example <c>SagaStepCompleted</c>.</param>
/// <param name="Envelope">It as an envelope, whatever its format.</param>
/// <param name="Queue">Where it was found.</param>
/// <param name="User">The property <c>user-id</c>.</param>
/// <param name="ContentType">The property <c>content-type</c>.</param>
/// <param name="Format">Its format; null when its content type is that of none.</param>
internal sealed record Answer(string Type, JsonObject Envelope, string Queue, string? User, string? ContentType, MessageFormat? Format)
{
    public const string Urn = "urn:message:SagaOrchestrator.Messages:";

    public JsonObject Message => Envelope["message"] as JsonObject ?? [];

    public bool IsHeartbeat => Type == "SagaStepProgressed";

    public bool IsCompleted => Type == "SagaStepCompleted";

    /// <summary>Refused, because the step was undone or called not done before.</summary>
    public bool IsFenced => Type == "SagaStepFailed" && Text("kind") == "rejected" && Text("code") == "fenced";

    public bool IsUndone => Type == "SagaCompensationCompleted";

    public bool HasNothingToUndo => Message["nothingToUndo"] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    /// <summary>Of an answer to an enquiry.</summary>
    public string? Outcome => Text("outcome");

    public JsonNode? Result => Message["result"];

    /// <summary>Whether it answers a message of this kind.</summary>
    public bool Answers(CommandKind kind) =>
        kind switch
        {
            CommandKind.Do => Type is "SagaStepCompleted" or "SagaStepFailed",
            CommandKind.Undo => Type is "SagaCompensationCompleted" or "SagaCompensationFailed",
            _ => Type == "SagaStepOutcomeReported",
        };

    public string? Text(string name) => Message[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Whether both say the same. What an answer echoes is judged elsewhere.</summary>
    public bool SaysTheSameAs(Answer other) => Type == other.Type && JsonNode.DeepEquals(Content(), other.Content());

    /// <summary>Whether it is the other, sent once more: delivery is at least once.</summary>
    public bool IsCopyOf(Answer other) => JsonNode.DeepEquals(Envelope, other.Envelope);

    public override string ToString() =>
        Type
        + (Text("kind") is { } kind ? $" {kind}" : string.Empty)
        + (Text("code") is { } code ? $" '{code}'" : string.Empty)
        + (Outcome is { } outcome ? $" {outcome}" : string.Empty)
        + (HasNothingToUndo ? " with nothingToUndo" : string.Empty)
        + (Result is { } result ? $" with the result {Short(result.ToJsonString())}" : string.Empty);

    private JsonObject Content()
    {
        string[] echoed = ["sagaId", "step", "commandId", "attempt"];
        return new JsonObject(
            Message
                .Where(member => member.Value is not null && !echoed.Contains(member.Key))
                .Select(member => KeyValuePair.Create(member.Key, member.Value!.DeepClone()))!
        );
    }

    private static string Short(string text) => text.Length <= 120 ? text : text[..117] + "...";
}
