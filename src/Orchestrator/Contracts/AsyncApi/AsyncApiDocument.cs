using System.Text.Json.Nodes;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Contracts.Examples;
using SagaOrchestrator.Contracts.Schemas;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Formats;
using SagaOrchestrator.Messaging.RabbitMq.Topology;

namespace SagaOrchestrator.Contracts.AsyncApi;

/// <summary>The contract as AsyncAPI 3.0, from the orchestrator's side.</summary>
internal sealed class AsyncApiDocument(WireContract contract, TopologyNames names, IReadOnlyList<RecordedMessage> examples)
{
    public const string BindingVersion = "0.3.0";

    private const string Place = "#/components/schemas/";
    private const string Remarks =
        "What the orchestrator sends and takes over RabbitMQ. What is for a queue is sent to the exchange in front of it, 'to.' and the "
        + "queue's name, with an empty routing key. A participant does the reverse: it reads its queue, and answers to the exchange that "
        + "saga.replyTo names. Delivery is at least once.";

    public JsonObject Write(IntakeLimits limits)
    {
        var channels = new Channels(contract, new BrokerParts(names));
        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = $"Orchestrator '{contract.Orchestrator}'",
                ["version"] = typeof(AsyncApiDocument).Assembly.GetName().Version!.ToString(3),
                ["description"] = Remarks,
                ["x-plans"] = DocumentJson.Texts(contract.Plans.Select(plan => $"{plan.Type} v{plan.Definition.Version}")),
            },
            ["defaultContentType"] = ContentTypes.Envelope,
            ["servers"] = new JsonObject { ["broker"] = Server() },
            ["channels"] = channels.All(),
            ["operations"] = new Operations(contract, channels).All(),
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["user"] = new JsonObject { ["type"] = "userPassword" } },
                ["messages"] = DocumentJson.Object([
                    .. contract.Written.Select(message => KeyValuePair.Create(message.Name, (JsonNode?)Message(message))),
                    KeyValuePair.Create(Channels.DeadLetter, (JsonNode?)DeadLetter()),
                ]),
                ["schemas"] = MessageSchemas.Of(contract, limits, Place),
            },
        };
    }

    private JsonObject Server() =>
        new()
        {
            ["host"] = "{host}:{port}",
            ["pathname"] = "/" + Uri.EscapeDataString(names.VirtualHost),
            ["protocol"] = "amqp",
            ["protocolVersion"] = "0-9-1",
            ["description"] = "RabbitMQ. Each service has a user of its own, with the name of its queue.",
            ["variables"] = new JsonObject
            {
                ["host"] = new JsonObject { ["default"] = "127.0.0.1" },
                ["port"] = new JsonObject { ["default"] = "5672" },
            },
            ["security"] = new JsonArray(new JsonObject { ["$ref"] = "#/components/securitySchemes/user" }),
        };

    private JsonObject Message(WireMessage message)
    {
        var described = new JsonObject
        {
            ["name"] = message.Urn,
            ["title"] = message.Type.Title,
            ["contentType"] = ContentTypes.Of(message.Format),
            ["headers"] = HeaderSchemas.Of(message),
            ["payload"] = new JsonObject { ["$ref"] = Place + message.BodyName },
            ["correlationId"] = new JsonObject
            {
                ["location"] = FormatParts.SagaOf(message),
                ["description"] = "The saga's id; a start has none.",
            },
            ["x-amqp-properties"] = FormatParts.Properties(
                message,
                message.IsSent
                    ? "the orchestrator's user, where it logs in with one"
                    : "the sender's broker user, or left out; a reply counts only from the participant's"
            ),
            ["x-used-by"] = DocumentJson.Texts(message.UsedBy),
        };
        if (message.Format != MessageFormat.Envelope)
        {
            described["x-format"] = MessageFormats.Word(message.Format);
        }

        if (message.Kind is not (MessageKind.Event or MessageKind.Start))
        {
            described["x-results"] = Results(message);
        }

        var recorded = examples.Where(example => example.Schema == message).ToList();
        if (recorded.Count > 0)
        {
            described["examples"] = new JsonArray([.. recorded.Select(Example)]);
        }

        return described;
    }

    // Of a command or a reply: what the step's result may be.
    private JsonArray Results(WireMessage message) =>
        [
            .. contract
                .Results.Where(result =>
                    message.Kind switch
                    {
                        MessageKind.Command => result.Step.Command(Decisions.Direction.Do) == message.Type,
                        MessageKind.Signal => result.Step.Step.Signal is not null,
                        MessageKind.Reply => message.Type.Record == typeof(Messages.SagaStepCompleted)
                            || message.Type.Record == typeof(Messages.SagaStepOutcomeReported),
                        _ => false,
                    }
                )
                .Select(result => (JsonNode)(Place + result.Name)),
        ];

    private static JsonObject DeadLetter() =>
        new()
        {
            ["name"] = Channels.DeadLetter,
            ["title"] = "A message that could not be handled",
            ["description"] = "Its bytes and headers as they came, with headers that say why. The property user-id is left out.",
            ["headers"] = HeaderSchemas.OfDeadLetter(),
            ["payload"] = new JsonObject(),
        };

    private static JsonObject Example(RecordedMessage example) =>
        new()
        {
            ["name"] = example.Name,
            ["headers"] = example.Headers(),
            ["payload"] = JsonNode.Parse(example.Body.Span),
        };
}
