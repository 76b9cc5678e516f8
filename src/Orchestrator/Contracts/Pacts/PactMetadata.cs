using System.Text.Json.Nodes;
using SagaOrchestrator.Contracts.AsyncApi;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Contracts.Examples;
using SagaOrchestrator.Contracts.Schemas;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Contracts.Pacts;

/// <summary>
/// What a reader relies on beside the body: AMQP properties under names like <c>messageId</c>, headers under their own. The headers are
/// those that the AsyncAPI document requires.
/// </summary>
internal static class PactMetadata
{
    private const string MessageId = "messageId";
    private const string CorrelationId = "correlationId";
    private const string Whole = "^[1-9][0-9]*$";

    // What differs from message to message. The rest is the same in each.
    private static readonly Dictionary<string, JsonObject> Forms = new(StringComparer.Ordinal)
    {
        [MessageId] = MatchingRules.Form(ShapeSchemas.Id),
        [CorrelationId] = MatchingRules.Form(ShapeSchemas.Id),
        [SagaHeaders.SagaId] = MatchingRules.Form(ShapeSchemas.Id),
        [SagaHeaders.CommandId] = MatchingRules.Form(ShapeSchemas.Id),
        [SagaHeaders.Attempt] = MatchingRules.Form(Whole),
        [SagaHeaders.CloudEvent + "id"] = MatchingRules.Form(ShapeSchemas.Id),
        [SagaHeaders.CloudEvent + "source"] = new JsonObject { ["match"] = "type" },
    };

    /// <summary>The values of an example, and the rules for those that differ.</summary>
    public static (JsonObject Values, JsonObject Rules) Of(RecordedMessage example)
    {
        var values = DocumentJson.Object(Properties(example).Concat(Headers(example)).Where(one => one.Value is not null));
        var rules = new MatchingRules();
        foreach (var name in values.Select(one => one.Key).Where(Forms.ContainsKey))
        {
            rules.Add(name, (JsonObject)Forms[name].DeepClone());
        }

        return (values, rules.Body);
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Properties(RecordedMessage example)
    {
        var (properties, isReply) = (example.Properties, example.Schema!.Kind == MessageKind.Reply);
        yield return new("contentType", properties.ContentType);
        yield return new("exchange", example.Exchange);
        if (isReply)
        {
            // By it the orchestrator knows whose reply it is.
            yield return new("userId", properties.UserId);
        }

        if (example.Schema.Format == MessageFormat.Json)
        {
            yield return new("type", properties.Type);
            yield return new(MessageId, properties.MessageId);
            yield return new(CorrelationId, isReply ? null : properties.CorrelationId);
            yield return new("replyTo", isReply ? null : properties.ReplyTo);
        }
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Headers(RecordedMessage example)
    {
        var headers = example.Headers();
        return HeaderSchemas.Of(example.Schema!)["required"]!
            .AsArray()
            .Select(name => KeyValuePair.Create((string)name!, headers[(string)name!]?.DeepClone()));
    }
}
