using System.Text.Json.Nodes;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Contracts.AsyncApi;

/// <summary>What the orchestrator sends and gets. A participant does the reverse.</summary>
internal sealed class Operations(WireContract contract, Channels channels)
{
    public JsonObject All()
    {
        var operations = new JsonObject();
        foreach (var participant in contract.Participants)
        {
            operations["send." + participant] = Command(participant);
        }

        operations["receive." + contract.Orchestrator] = Receive(contract.Orchestrator, "Takes replies, starts and signals.");
        foreach (var message in contract.Messages.Where(message => message.Kind == MessageKind.Event))
        {
            operations["publish." + message.Type.Title] = Send(message.Exchanges[0], "Tells whoever binds a queue to the exchange.");
        }

        operations["send.dead-letters"] = Send(
            Queues.ExchangeOf(Queues.DeadLetterOf(contract.Orchestrator)),
            "Moves what it cannot handle to its dead letters. A participant does so with its own."
        );
        operations["receive.dead-letters"] = Receive(
            Queues.DeadLetterIndexOf(contract.Orchestrator),
            "Takes copies of dead letters, its own and its participants', into its index."
        );
        return operations;
    }

    private JsonObject Command(string participant)
    {
        var operation = Send(Queues.ExchangeOf(participant), $"Has '{participant}' execute a step, undo it, or say whether it happened.");
        operation["reply"] = new JsonObject
        {
            ["address"] = new JsonObject
            {
                ["location"] = FormatParts.ReplyToOf(contract.FormatOf(participant)),
                ["description"] = "The exchange that the reply goes to, with an empty routing key.",
            },
            ["channel"] = new JsonObject { ["$ref"] = "#/channels/" + Channels.ReplyTo },
        };
        return operation;
    }

    private JsonObject Send(string exchange, string summary) =>
        Operation(
            "send",
            Channels.OfExchange(exchange),
            channels.Messages(exchange),
            summary,
            new JsonObject { ["deliveryMode"] = 2, ["mandatory"] = false }
        );

    private JsonObject Receive(string queue, string summary) =>
        Operation("receive", Channels.OfQueue(queue), channels.MessagesOf(queue), summary, new JsonObject { ["ack"] = true });

    private static JsonObject Operation(string action, string channel, IEnumerable<string> messages, string summary, JsonObject binding)
    {
        binding["bindingVersion"] = AsyncApiDocument.BindingVersion;
        return new JsonObject
        {
            ["action"] = action,
            ["summary"] = summary,
            ["channel"] = new JsonObject { ["$ref"] = "#/channels/" + channel },
            ["messages"] = new JsonArray([
                .. messages.Select(name => new JsonObject { ["$ref"] = $"#/channels/{channel}/messages/{name}" }),
            ]),
            ["bindings"] = new JsonObject { ["amqp"] = binding },
        };
    }
}
