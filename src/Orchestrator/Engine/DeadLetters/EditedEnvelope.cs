using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Formats;

namespace SagaOrchestrator.Engine.DeadLetters;

/// <summary>
/// What an operator has made of a dead letter's body. It goes out under a message id of its own: the receiver may have handled the old id,
/// or may know it with other content.
/// </summary>
internal static class EditedEnvelope
{
    private const string Path = "body";
    private const string Right = "the whole envelope as text: a JSON object with messageType and message";
    private const string RightEvent = "the whole CloudEvent as text: a JSON object with type and data";
    private const string RightMessage = "the message as text: a JSON object";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes to send; or what is wrong with the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="messageId">Its new id.</param>
    /// <param name="most">Bytes at most.</param>
    /// <param name="contentType">The content type of the letter; null when it has none.</param>
    /// <param name="isEvent">Whether the letter's headers hold a CloudEvent's attributes.</param>
    public static (byte[]? Body, Refusal? Refusal) Of(string text, Guid messageId, int most, string? contentType, bool isEvent)
    {
        // Of a message whose type stands beside it, or of an envelope that its sender calls JSON: the body tells them apart.
        var format = ContentTypes.FormatOf(contentType, string.Empty, isEvent);
        try
        {
            if (JsonNode.Parse(text) is not JsonObject envelope)
            {
                return (null, new Refusal(Path, Expected(format), "JSON that is no object"));
            }

            format = format == MessageFormat.Json && envelope.ContainsKey("messageType") ? MessageFormat.Envelope : format;
            if (Wrong(envelope, format) is { } refusal)
            {
                return (null, refusal);
            }

            Name(envelope, format, messageId);
            var body = Encoding.UTF8.GetBytes(envelope.ToJsonString(Json));
            return body.Length <= most
                ? (body, null)
                : (null, new Refusal(Path, $"at most {most} bytes (Limits:MessageBytes)", $"{body.Length} bytes"));
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // The text is the operator's own, and may hold what a customer wrote.
            return (null, new Refusal(Path, Expected(format), "text that is no such JSON"));
        }
    }

    private static string Expected(MessageFormat format) =>
        format switch
        {
            MessageFormat.Envelope => Right,
            MessageFormat.CloudEvents => RightEvent,
            _ => RightMessage,
        };

    private static Refusal? Wrong(JsonObject body, MessageFormat format) =>
        format switch
        {
            MessageFormat.Envelope when !IsTypes(body["messageType"]) => new Refusal(
                Path + ".messageType",
                "a list of texts, as in the letter's body",
                "something else"
            ),
            MessageFormat.Envelope when body["message"] is not JsonObject => NoObject("message"),
            MessageFormat.CloudEvents when body["data"] is not JsonObject => NoObject("data"),
            _ => null,
        };

    private static bool IsTypes(JsonNode? node) =>
        node is JsonArray { Count: > 0 } types && types.All(type => type?.GetValueKind() == JsonValueKind.String);

    private static Refusal NoObject(string member) => new(Path + "." + member, "a JSON object, as in the letter's body", "something else");

    // A message alone has its id beside it.
    private static void Name(JsonObject body, MessageFormat format, Guid messageId)
    {
        if (format is MessageFormat.Envelope or MessageFormat.CloudEvents)
        {
            body[format == MessageFormat.Envelope ? "messageId" : "id"] = messageId.ToString();
        }
    }
}
