using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Engine.DeadLetters;

/// <summary>
/// What an operator has made of a dead letter's body. It goes out under a message id of its own: the receiver may have handled the old id,
/// or may know it with other content.
/// </summary>
internal static class EditedEnvelope
{
    private const string Path = "body";
    private const string Right = "the whole envelope as text: a JSON object with messageType and message";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes to send; or what is wrong with the text.</summary>
    public static (byte[]? Body, Refusal? Refusal) Of(string text, Guid messageId, int most)
    {
        try
        {
            if (JsonNode.Parse(text) is not JsonObject envelope)
            {
                return (null, new Refusal(Path, Right, "JSON that is no object"));
            }

            if (
                envelope["messageType"] is not JsonArray { Count: > 0 } types
                || types.Any(type => type?.GetValueKind() != JsonValueKind.String)
            )
            {
                return (null, new Refusal(Path + ".messageType", "a list of texts, as in the letter's body", "something else"));
            }

            if (envelope["message"] is not JsonObject)
            {
                return (null, new Refusal(Path + ".message", "a JSON object, as in the letter's body", "something else"));
            }

            envelope["messageId"] = messageId.ToString();
            var body = Encoding.UTF8.GetBytes(envelope.ToJsonString(Json));
            return body.Length <= most
                ? (body, null)
                : (null, new Refusal(Path, $"at most {most} bytes (Limits:MessageBytes)", $"{body.Length} bytes"));
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // The text is the operator's own, and may hold what a customer wrote.
            return (null, new Refusal(Path, Right, "text that is no such JSON"));
        }
    }
}
