using System.Text.Json.Nodes;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Formats;

namespace SagaOrchestrator.Contracts.Schemas;

/// <summary>The schemas of all messages, their envelopes and the results of steps, by name.</summary>
internal static class MessageSchemas
{
    private const string ContentType = "datacontenttype";
    private const string JsonInAnyCase = @"^[Aa][Pp][Pp][Ll][Ii][Cc][Aa][Tt][Ii][Oo][Nn]/[Jj][Ss][Oo][Nn]\s*(;.*)?$";

    /// <param name="contract">What is described.</param>
    /// <param name="limits">Those of the process.</param>
    /// <param name="place">Where they stand in the document, for example <c>#/$defs/</c>.</param>
    public static JsonObject Of(WireContract contract, IntakeLimits limits, string place)
    {
        var schemas = new ShapeSchemas(limits, place);
        var named = new List<KeyValuePair<string, JsonNode?>>();
        foreach (var message in contract.Messages)
        {
            schemas.Of(message.Shape);
            named.Add(new(message.EnvelopeName, Envelope(message, schemas, place)));
        }

        named.Add(new(WireMessage.AnyEvent, Event(schemas)));
        foreach (var message in contract.Written.Where(message => message.Format == MessageFormat.CloudEvents))
        {
            named.Add(new(message.BodyName, Event(message, schemas, place)));
        }

        foreach (var result in contract.Results)
        {
            var schema = schemas.Of(result.Shape);
            named.Add(new(result.Name, new JsonObject { ["allOf"] = new JsonArray(schema), ["x-used-by"] = result.UsedBy }));
        }

        var records = schemas.Records.ToList();
        foreach (var message in contract.Messages)
        {
            var record = records.First(record => record.Key == message.Name).Value!;
            record["x-urn"] = message.Urn;
            record["x-used-by"] = DocumentJson.Texts(message.UsedBy);
            record["x-direction"] = message.IsSent ? "sent" : "received";
        }

        return DocumentJson.Object([.. records, .. named]);
    }

    private static JsonObject Event(WireMessage message, ShapeSchemas schemas, string place)
    {
        var schema = Event(schemas);
        var fields = schema["properties"]!;
        fields["type"]!["const"] = message.Urn;
        fields["data"] = new JsonObject { ["$ref"] = place + message.Shape.Name };
        if (message.IsSent)
        {
            fields[ContentType] = new JsonObject { ["type"] = "string", ["const"] = ContentTypes.Json };
            schema["required"]!.AsArray().Add(ContentType);
        }

        return schema;
    }

    // The intake takes parameters, and letters of either case.
    private static JsonObject Event(ShapeSchemas schemas)
    {
        var schema = schemas.Record((ObjectShape)Contract.Of<CloudEvent>().Shape);
        var text = schema["properties"]![ContentType]!["anyOf"]![0]!.AsObject();
        text.Remove("enum");
        text["description"] = $"{ContentTypes.Json}, with parameters or without";
        text["pattern"] = JsonInAnyCase;
        return schema;
    }

    private static JsonObject Envelope(WireMessage message, ShapeSchemas schemas, string place)
    {
        var schema = schemas.Record((ObjectShape)Contract.Of<Envelope>().Shape);
        var fields = schema["properties"]!;
        fields["messageType"]!["contains"] = new JsonObject { ["const"] = message.Urn };
        fields["messageType"]!["description"] = $"'{message.Urn}' first; names of base types may follow";
        fields["message"] = new JsonObject { ["$ref"] = place + message.Name };
        return schema;
    }
}
