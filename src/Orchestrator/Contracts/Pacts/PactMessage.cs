using System.Text.Json.Nodes;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Contracts.Examples;
using SagaOrchestrator.Contracts.Schemas;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Contracts.Pacts;

/// <summary>An example as the contents of an interaction, with its rules.</summary>
internal static class PactMessage
{
    // What a command is about, and where its answer goes.
    private static readonly string[] OfCommand = ["saga.sagaType", "saga.step", "saga.direction", "saga.replyTo", "saga.replyFormat"];

    // An answer repeats what it was asked with, and is of one kind.
    private static readonly string[] OfReply = ["sagaId", "step", "commandId", "attempt", "kind", "outcome", "nothingToUndo"];

    private static readonly string[] OptionalInReplies = ["correlationId", "subject", "time", "datacontenttype"];

    /// <summary>
    /// The members <c>contents</c>, <c>metadata</c> and <c>matchingRules</c> of an interaction, or of its request or response.
    /// </summary>
    /// <param name="example">The message.</param>
    /// <param name="result">What the step results in, where its plan says so.</param>
    public static JsonObject Of(RecordedMessage example, Shape? result = null)
    {
        var schema = example.Schema!;
        var body = (JsonObject)Filled(JsonNode.Parse(example.Body.Span)!)!;
        var place = PlaceOf(schema.Format);
        var content = place.Length == 1 ? body : body[place[2..]]!;
        var isReply = schema.Kind == MessageKind.Reply;
        if (isReply)
        {
            Trim(body, content);
        }

        var same = (isReply ? OfReply : OfCommand).Select(field => $"{place}.{field}").ToHashSet(StringComparer.Ordinal);
        var rules = Around(schema.Format, isReply).Add(schema.Shape, content, place, same);
        if (result is not null && content["result"] is { } value)
        {
            rules.Add(result, value, place + ".result", same);
            rules.Body.Remove(result is ObjectShape ? place + ".result" : string.Empty);
        }

        var metadata = PactMetadata.Of(example);
        return new JsonObject
        {
            ["contents"] = new JsonObject
            {
                ["content"] = body,
                ["contentType"] = example.Properties.ContentType,
                ["encoded"] = false,
            },
            ["metadata"] = metadata.Values,
            ["matchingRules"] =
                metadata.Rules.Count == 0
                    ? new JsonObject { ["body"] = rules.Body }
                    : new JsonObject { ["body"] = rules.Body, ["metadata"] = metadata.Rules },
        };
    }

    private static string PlaceOf(MessageFormat format) =>
        format switch
        {
            MessageFormat.Envelope => "$.message",
            MessageFormat.CloudEvents => "$.data",
            _ => "$",
        };

    // What an answer may leave out.
    private static void Trim(JsonObject body, JsonNode content)
    {
        foreach (var name in OptionalInReplies)
        {
            body.Remove(name);
        }

        if ((bool?)content["nothingToUndo"] == false)
        {
            content.AsObject().Remove("nothingToUndo");
        }
    }

    // What stands around the message.
    private static MatchingRules Around(MessageFormat format, bool isReply) =>
        (format, isReply) switch
        {
            (MessageFormat.Envelope, true) => Envelope(),
            (MessageFormat.Envelope, false) => Envelope().Add("$.correlationId", MatchingRules.Form(ShapeSchemas.Id)),
            (MessageFormat.CloudEvents, true) => Event(),
            (MessageFormat.CloudEvents, false) => Event()
                .Add("$.subject", MatchingRules.Form(ShapeSchemas.Id))
                .Add("$.time", MatchingRules.Form(ShapeSchemas.Time)),
            _ => new MatchingRules(),
        };

    // Names of base types may follow the first, or not.
    private static MatchingRules Envelope() =>
        new MatchingRules()
            .Add("$.messageId", MatchingRules.Form(ShapeSchemas.Id))
            .Add("$.messageType", new JsonObject { ["match"] = "type", ["min"] = 1 })
            .Add("$.messageType[0]", new JsonObject { ["match"] = "equality" });

    private static MatchingRules Event() =>
        new MatchingRules().Add("$.id", MatchingRules.Form(ShapeSchemas.Id)).Add("$.source", new JsonObject { ["match"] = "type" });

    // A null says nothing that one side could rely on.
    private static JsonNode? Filled(JsonNode? node) =>
        node switch
        {
            JsonObject record => DocumentJson.Object(
                record.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, Filled(member.Value)))
            ),
            JsonArray list => new JsonArray([.. list.Select(Filled)]),
            _ => node?.DeepClone(),
        };
}
