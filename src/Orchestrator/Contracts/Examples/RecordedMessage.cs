using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Messaging.RabbitMq.Publishing;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Contracts.Examples;

/// <summary>A message as it crosses the broker: where to, with what properties, headers and bytes.</summary>
/// <param name="Name">Its name among the examples.</param>
/// <param name="Schema">The schema that its body has; null for a dead letter, whose body is as it came.</param>
/// <param name="Exchange">Where it is sent to, with an empty routing key.</param>
/// <param name="Properties">Its properties and headers.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record RecordedMessage(
    string Name,
    WireMessage? Schema,
    string Exchange,
    BasicProperties Properties,
    ReadOnlyMemory<byte> Body
)
{
    /// <summary>One that a service sends.</summary>
    /// <param name="name">Its name among the examples.</param>
    /// <param name="schema">What it is.</param>
    /// <param name="message">It, as the service's publisher gets it.</param>
    /// <param name="user">The service's broker user.</param>
    public static RecordedMessage Of(string name, WireMessage schema, OutgoingMessage message, string? user) =>
        new(name, schema, message.Destination, MessageProperties.Of(message, user), message.Body);

    public JsonObject Json()
    {
        var properties = new JsonObject();
        Add(properties, "content-type", Properties.ContentType);
        Add(properties, "delivery-mode", Properties.Persistent ? 2 : null);
        Add(properties, "type", Properties.Type);
        Add(properties, "message-id", Properties.MessageId);
        Add(properties, "correlation-id", Properties.CorrelationId);
        Add(properties, "reply-to", Properties.ReplyTo);
        Add(properties, "user-id", Properties.UserId);
        var example = new JsonObject { ["name"] = Name };
        Add(example, "message", Schema?.Urn);
        Add(example, "schema", Schema?.BodyName);
        example["exchange"] = Exchange;
        example["properties"] = properties;
        example["headers"] = Headers();
        example["body"] = Encoding.UTF8.GetString(Body.Span);
        return example;
    }

    /// <summary>Its headers, each of which is a text.</summary>
    public JsonObject Headers() =>
        DocumentJson.Object(
            (Properties.Headers ?? new Dictionary<string, object?>()).Select(header =>
                KeyValuePair.Create(
                    header.Key,
                    (JsonNode?)(header.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : (string?)header.Value)
                )
            )
        );

    private static void Add(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
