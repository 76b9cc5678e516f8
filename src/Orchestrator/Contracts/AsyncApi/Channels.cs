using System.Text.Json.Nodes;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Contracts.AsyncApi;

/// <summary>
/// Each queue and each exchange is a channel of its own: the AMQP binding knows a channel as a queue or as a routing key, never as both.
/// What the binding has no member for stands in <c>x-</c> members.
/// </summary>
internal sealed class Channels(WireContract contract, BrokerParts broker)
{
    /// <summary>The name of the message that a dead letter is.</summary>
    public const string DeadLetter = "dead-letter";

    /// <summary>The channel of the exchange that a command names for its reply.</summary>
    public const string ReplyTo = "reply-to";

    public static string OfQueue(string name) => "queue." + name;

    public static string OfExchange(string name) => "exchange." + name.Replace(':', '.');

    public JsonObject All() =>
        DocumentJson.Object([
            .. broker
                .Exchanges.Select(exchange => BrokerParts.Text(exchange, "name"))
                .Select(name => KeyValuePair.Create(OfExchange(name), (JsonNode?)Exchange(name))),
            .. broker.Queues.Select(queue => KeyValuePair.Create(OfQueue(BrokerParts.Text(queue, "name")), (JsonNode?)Queue(queue))),
            KeyValuePair.Create(ReplyTo, (JsonNode?)Replies()),
        ]);

    /// <summary>The messages that come by a queue.</summary>
    public IReadOnlyList<string> MessagesOf(string queue) => Messages(Queues.ExchangeOf(queue));

    /// <summary>The messages that come by an exchange.</summary>
    public IReadOnlyList<string> Messages(string exchange) =>
        Queues.BehindExchange(exchange) is { } queue && IsOfDeadLetters(queue)
            ? [DeadLetter]
            : [.. contract.SentTo(exchange).Select(message => message.Name)];

    private bool IsOfDeadLetters(string queue) =>
        contract
            .Participants.Append(contract.Orchestrator)
            .Any(service => queue == Queues.DeadLetterOf(service) || queue == Queues.DeadLetterIndexOf(service));

    private JsonObject Exchange(string name) =>
        new()
        {
            // A fanout exchange looks at no routing key.
            ["address"] = string.Empty,
            ["title"] = $"The exchange '{name}'",
            ["messages"] = References(Messages(name)),
            ["bindings"] = new JsonObject
            {
                ["amqp"] = new JsonObject
                {
                    ["is"] = "routingKey",
                    ["exchange"] = new JsonObject
                    {
                        ["name"] = name,
                        ["type"] = "fanout",
                        ["durable"] = true,
                        ["autoDelete"] = false,
                        ["vhost"] = broker.VirtualHost,
                    },
                    ["bindingVersion"] = AsyncApiDocument.BindingVersion,
                },
            },
            ["x-bound-to"] = broker.Targets(name),
            ["x-policy"] = broker.Policy(name, "exchanges"),
        };

    private JsonObject Queue(JsonNode queue)
    {
        var name = BrokerParts.Text(queue, "name");
        var channel = new JsonObject
        {
            ["address"] = name,
            ["title"] = $"The queue '{name}'",
            ["messages"] = References(MessagesOf(name)),
            ["bindings"] = new JsonObject
            {
                ["amqp"] = new JsonObject
                {
                    ["is"] = "queue",
                    ["queue"] = new JsonObject
                    {
                        ["name"] = name,
                        ["durable"] = queue["durable"]!.DeepClone(),
                        ["exclusive"] = false,
                        ["autoDelete"] = queue["auto_delete"]!.DeepClone(),
                        ["vhost"] = broker.VirtualHost,
                    },
                    ["bindingVersion"] = AsyncApiDocument.BindingVersion,
                },
            },
            ["x-arguments"] = queue["arguments"]!.DeepClone(),
            ["x-policy"] = broker.Policy(name, "queues"),
        };
        if (contract.Participants.Contains(name))
        {
            channel["x-steps"] = new JsonArray([.. contract.Steps.Where(step => step.Participant == name).Select(Step)]);
        }

        return channel;
    }

    // Which messages are one step: a program that plays the orchestrator finds their examples and the result's schema by these names.
    private JsonNode Step(PlanStep step)
    {
        var described = new JsonObject { ["name"] = step.Name, ["step"] = step.Step.Name };
        foreach (var direction in new[] { Direction.Do, Direction.Undo })
        {
            if (step.Command(direction) is { } type && contract.At(step.Participant, type) is { } command)
            {
                described[PlanStep.Word(direction)] = new JsonObject
                {
                    ["message"] = command.Name,
                    ["example"] = $"command.{step.Name}.{PlanStep.Word(direction)}",
                };
            }
        }

        if (contract.Results.FirstOrDefault(result => result.Step == step) is { } result)
        {
            described["result"] = result.Name;
        }

        return described;
    }

    private JsonObject Replies() =>
        new()
        {
            ["address"] = null,
            ["title"] = "The exchange that saga.replyTo of a command names",
            ["messages"] = References(contract.Written.Where(message => message.Kind == MessageKind.Reply).Select(message => message.Name)),
        };

    private static JsonObject References(IEnumerable<string> messages) =>
        DocumentJson.Object(
            messages.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject { ["$ref"] = "#/components/messages/" + name }))
        );
}
