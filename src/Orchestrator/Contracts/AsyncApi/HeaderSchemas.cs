using System.Reflection;
using System.Text.Json.Nodes;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;

namespace SagaOrchestrator.Contracts.AsyncApi;

/// <summary>The headers of messages: they repeat the body for whoever looks at a message in the broker's console.</summary>
internal static class HeaderSchemas
{
    private static readonly (string Name, string Words)[] OfSaga =
    [
        (SagaHeaders.SagaId, "the saga's id"),
        (SagaHeaders.SagaType, "the plan's name"),
        (SagaHeaders.Step, "the step's name"),
        (SagaHeaders.Direction, "do or undo"),
        (SagaHeaders.Attempt, "the attempt, from 1"),
        (SagaHeaders.CommandId, "the command's id"),
    ];

    private static readonly (string Name, string Words)[] OfEvent =
    [
        ("specversion", "1.0"),
        ("id", "the message's id, a UUID, a new one for each message"),
        ("source", "who sends it, as a URI reference"),
        ("type", "the message's type, as an envelope's messageType names it"),
        ("time", "when it was written, UTC"),
        ("subject", "the saga's id"),
    ];

    private static readonly (string Name, string Words)[] OfLetter =
    [
        (SagaHeaders.DeadLetterId, "the dead letter's id, a UUID"),
        (SagaHeaders.DeadLetterReason, "why it is one, in a word"),
        (SagaHeaders.DeadLetterFrom, "the queue that it was taken from"),
        (SagaHeaders.DeadLetterAt, "since when, UTC"),
        (SagaHeaders.DeadLetterMessage, "what went wrong, and the next move"),
        (SagaHeaders.DeadLetterPath, "of a refused value: where it stands"),
        (SagaHeaders.DeadLetterExpected, "of a refused value: what would be right there"),
        (SagaHeaders.DeadLetterGot, "of a refused value: what is there, by kind and size"),
        (SagaHeaders.DeadLetterException, "the type of the exception"),
        (SagaHeaders.SentBy, "the broker user who sent the message, or (nobody)"),
        (SagaHeaders.SentByProof, "proves to the service that dead-lettered it that this is its own word"),
        (SagaHeaders.DeadLetterCut, "names of headers that were cut or left out"),
        (SagaHeaders.DeadLetterEditedBy, "who edited the message as an earlier dead letter"),
    ];

    private static readonly string[] AlwaysOfLetter =
    [
        SagaHeaders.DeadLetterId,
        SagaHeaders.DeadLetterReason,
        SagaHeaders.DeadLetterFrom,
        SagaHeaders.DeadLetterAt,
        SagaHeaders.DeadLetterMessage,
    ];

    /// <summary>Those of a message. Programs read the body, so whoever answers may leave them out.</summary>
    public static JsonObject Of(WireMessage message)
    {
        var schema = OfKind(message);
        if (message.Format == MessageFormat.CloudEventsBinary)
        {
            foreach (var (name, words) in OfEvent)
            {
                schema["properties"]![SagaHeaders.CloudEvent + name] = new JsonObject { ["type"] = "string", ["description"] = words };
            }

            foreach (var name in new[] { "specversion", "id", "source", "type" })
            {
                schema["required"]!.AsArray().Add(SagaHeaders.CloudEvent + name);
            }
        }

        return schema;
    }

    private static JsonObject OfKind(WireMessage message) =>
        message.Kind switch
        {
            MessageKind.Command or MessageKind.Enquiry => Schema(OfSaga, OfSaga.Select(header => header.Name)),
            MessageKind.Reply => Schema(OfSaga, []),
            MessageKind.Event => Schema(OfSaga[..2], OfSaga[..2].Select(header => header.Name)),
            _ => Schema([], []),
        };

    /// <summary>Those of a dead letter, besides the message's own.</summary>
    public static JsonObject OfDeadLetter()
    {
        var schema = Schema(OfLetter, AlwaysOfLetter);
        schema["properties"]![SagaHeaders.DeadLetterReason]!["enum"] = DocumentJson.Texts(Reasons());
        return schema;
    }

    private static JsonObject Schema((string Name, string Words)[] headers, IEnumerable<string> always) =>
        new()
        {
            ["type"] = "object",
            ["properties"] = DocumentJson.Object(
                headers
                    .Append((SagaHeaders.TraceParent, "the W3C trace context; left out by a service that does not trace"))
                    .Append(
                        (SagaHeaders.Baggage, "W3C baggage: what the caller gives the saga's trace to take along; left out when nothing")
                    )
                    .Select(header =>
                        KeyValuePair.Create(header.Item1, (JsonNode?)new JsonObject { ["type"] = "string", ["description"] = header.Item2 })
                    )
            ),
            ["required"] = DocumentJson.Texts(always),
        };

    private static IEnumerable<string> Reasons() =>
        typeof(DeadLetterReason)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);
}
