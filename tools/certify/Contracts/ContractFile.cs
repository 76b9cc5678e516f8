using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Certify.Broker;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Certify.Contracts;

/// <summary>What the contract, as AsyncAPI, says of one participant's queue.</summary>
internal sealed class ContractFile
{
    private const string Advice = "Write it with 'contract --format asyncapi', or read /api/v1/contract/asyncapi.";

    private readonly JsonNode document;
    private readonly string path;

    private ContractFile(JsonNode document, string path, string queue)
    {
        (this.document, this.path, Queue) = (document, path, queue);
        if (document["asyncapi"] is null)
        {
            throw new CannotRunException($"{path} is no contract as AsyncAPI 3.0. {Advice}");
        }

        Schemas = new MessageSchemas(Member(document, "components", "schemas"));
        Steps = [.. StepsOf(queue).Select(Step)];
        Enquiry = Example(NameOfEnquiry(queue), "enquiry." + queue);
        Orchestrator = OrchestratorOf((string)Member(Steps[0].Do.Envelope, "message", "saga", "replyTo")!);
        VirtualHost = Uri.UnescapeDataString(((string)Member(document, "servers", "broker", "pathname")!).TrimStart('/'));
    }

    public string Queue { get; }

    /// <summary>The orchestrator's queue, which is also its broker user.</summary>
    public string Orchestrator { get; }

    public string VirtualHost { get; }

    public IReadOnlyList<StepContract> Steps { get; }

    public CommandExample Enquiry { get; }

    /// <summary>In which format the orchestrator speaks to the participant.</summary>
    public MessageFormat Format => Enquiry.Format;

    public MessageSchemas Schemas { get; }

    public static ContractFile Read(string path, string queue)
    {
        try
        {
            return new ContractFile(JsonNode.Parse(File.ReadAllBytes(path)) ?? new JsonObject(), path, queue);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"The contract cannot be read. {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new CannotRunException($"{path} is no contract as AsyncAPI 3.0. {Advice}", exception);
        }
    }

    private string OrchestratorOf(string replyTo) =>
        Queues.BehindExchange(replyTo)
        ?? throw new CannotRunException($"{path}: saga.replyTo is '{replyTo}', which is no exchange in front of a queue. {Advice}");

    // One for each format; the queue's channel says which.
    private string NameOfEnquiry(string queue)
    {
        const string Name = "SagaOrchestrator.Messages.QueryOutcome";
        return Member(document, "channels", "queue." + queue, "messages")
                .AsObject()
                .Select(message => message.Key)
                .FirstOrDefault(name => name.StartsWith(Name, StringComparison.Ordinal))
            ?? Name;
    }

    private JsonArray StepsOf(string queue)
    {
        var queues = Member(document, "channels")
            .AsObject()
            .Where(channel => channel.Value?["x-steps"] is JsonArray { Count: > 0 })
            .ToDictionary(channel => (string)channel.Value!["address"]!, channel => channel.Value!["x-steps"]!.AsArray());
        return queues.TryGetValue(queue, out var steps)
            ? steps
            : throw new CannotRunException($"The contract has no participant '{queue}'. It has: {string.Join(", ", queues.Keys)}.");
    }

    private StepContract Step(JsonNode? step) =>
        new(
            (string)Member(step!, "name")!,
            Example(Member(step!, "do")),
            step!["undo"] is { } undo ? Example(undo) : null,
            (string?)step["result"]
        );

    private CommandExample Example(JsonNode command) => Example((string)Member(command, "message")!, (string)Member(command, "example")!);

    private CommandExample Example(string message, string name)
    {
        var example =
            Member(document, "components", "messages", message, "examples").AsArray().FirstOrDefault(one => (string?)one?["name"] == name)
            ?? throw new CannotRunException($"{path}: the message {message} has no example '{name}'. {Advice}");
        var described = Member(document, "components", "messages", message);
        var format = (string?)described["x-format"] is { } word && WireFormat.Words.TryGetValue(word, out var known) ? known : default;
        var payload = Member(example, "payload").AsObject();
        var headers = Member(example, "headers").AsObject();
        return new CommandExample(
            format == MessageFormat.Envelope ? message : message[..^(WireFormat.Word(format).Length + 1)],
            new JsonObject(
                headers
                    .Where(header => !header.Key.StartsWith(SagaHeaders.CloudEvent, StringComparison.Ordinal))
                    .Select(header => KeyValuePair.Create(header.Key, header.Value?.DeepClone()))
            ),
            format switch
            {
                MessageFormat.Envelope => payload,
                MessageFormat.CloudEvents => Enveloped(Member(payload, "data")),
                _ => Enveloped(payload),
            },
            format
        );

        JsonObject Enveloped(JsonNode plain) => WireFormat.Envelope(null, null, (string)Member(described, "name")!, plain);
    }

    private JsonNode Member(JsonNode node, params string[] names)
    {
        var found = node;
        foreach (var name in names)
        {
            found = found[name] ?? throw new CannotRunException($"{path} lacks '{string.Join('/', names)}'. {Advice}");
        }

        return found;
    }
}
