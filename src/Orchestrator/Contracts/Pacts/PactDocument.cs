using System.Text.Json.Nodes;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Contracts.Examples;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Intake.Shapes;

namespace SagaOrchestrator.Contracts.Pacts;

/// <summary>
/// The examples as pacts (specification 4): of each participant with the orchestrator, whose commands it reads, and of the orchestrator
/// with each participant, whose answers it reads.
/// </summary>
internal sealed class PactDocument
{
    // Of the other answers: to what they are, and what must be so before.
    private static readonly Dictionary<string, (string Asked, string State)> Others = new(StringComparer.Ordinal)
    {
        ["rejected"] = ("do", "the command cannot be done"),
        ["faulted"] = ("do", "nobody knows whether the command was done"),
        ["refused"] = ("do", "the compensation came before"),
        ["progressed"] = ("do", "the command takes long"),
        ["reported-done"] = ("enquiry", "the command was done"),
        ["reported-not-done"] = ("enquiry", "the command was not done"),
        ["reported-in-progress"] = ("enquiry", "the command is being done"),
        ["nothing-to-undo"] = ("undo", "the command never came"),
        ["not-undone"] = ("undo", "the command was done and cannot be undone"),
    };

    private readonly WireContract contract;
    private readonly Dictionary<string, RecordedMessage> examples;

    private PactDocument(WireContract contract, IReadOnlyList<RecordedMessage> examples)
    {
        this.contract = contract;
        this.examples = examples.ToDictionary(example => example.Name, StringComparer.Ordinal);
    }

    /// <summary>All pacts, as one list.</summary>
    public static JsonArray Of(WireContract contract, IReadOnlyList<RecordedMessage> examples)
    {
        var pacts = new PactDocument(contract, [.. examples, .. ExampleMessages.OtherReplies(contract)]);
        return
        [
            .. contract.Participants.Select(name => Pact(name, contract.Orchestrator, pacts.Commands(name))),
            .. contract.Participants.Select(name => Pact(contract.Orchestrator, name, pacts.Answers(name))),
        ];
    }

    private static JsonObject Pact(string consumer, string provider, IEnumerable<JsonObject> interactions) =>
        new()
        {
            ["consumer"] = new JsonObject { ["name"] = consumer },
            ["provider"] = new JsonObject { ["name"] = provider },
            ["interactions"] = new JsonArray([.. interactions]),
            ["metadata"] = new JsonObject { ["pactSpecification"] = new JsonObject { ["version"] = "4.0" } },
        };

    private IEnumerable<JsonObject> Commands(string participant) =>
        from name in StepsOf(participant).SelectMany(NamesOfCommands).Append("enquiry." + participant)
        let sent = PactMessage.Of(examples[name])
        select Interaction("Asynchronous/Messages", name, [], [.. sent]);

    private IEnumerable<string> NamesOfCommands(PlanStep step) =>
        new[] { Direction.Do, Direction.Undo }.Select(direction => NameOf(step, direction)).Where(examples.ContainsKey);

    private IEnumerable<JsonObject> Answers(string participant)
    {
        foreach (var step in StepsOf(participant))
        {
            var result = contract.Results.FirstOrDefault(result => result.Step == step)?.Shape;
            yield return Answer($"reply.{step.Name}.completed", NameOf(step, Direction.Do), null, result);
            if (examples.ContainsKey($"reply.{step.Name}.undone"))
            {
                yield return Answer($"reply.{step.Name}.undone", NameOf(step, Direction.Undo), "the command was done", null);
            }
        }

        var first = StepsOf(participant).First(step => step.Command(Direction.Undo) is not null || step.Command(Direction.Do) is not null);
        foreach (var (name, (asked, state)) in Others)
        {
            var command = asked == "enquiry" ? "enquiry." + participant : $"command.{first.Name}.{asked}";
            if (examples.ContainsKey(command))
            {
                var result = contract.Results.FirstOrDefault(result => result.Step == first)?.Shape;
                yield return Answer($"reply.{participant}.{name}", command, state, result);
            }
        }
    }

    private JsonObject Answer(string reply, string command, string? state, Shape? result)
    {
        var asked = PactMessage.Of(examples[command]);
        // It is the question as it stands: the answer repeats its ids.
        asked.Remove("matchingRules");
        return Interaction(
            "Synchronous/Messages",
            reply,
            state is null ? [] : [state],
            [new("request", asked), new("response", new JsonArray(PactMessage.Of(examples[reply], result)))]
        );
    }

    private static JsonObject Interaction(
        string type,
        string description,
        IEnumerable<string> states,
        IReadOnlyList<KeyValuePair<string, JsonNode?>> members
    )
    {
        var interaction = new JsonObject
        {
            ["type"] = type,
            ["description"] = description,
            ["pending"] = false,
            ["providerStates"] = new JsonArray([.. states.Select(state => new JsonObject { ["name"] = state })]),
        };
        foreach (var (name, value) in members)
        {
            interaction[name] = value?.DeepClone();
        }

        return interaction;
    }

    private IEnumerable<PlanStep> StepsOf(string participant) => contract.Steps.Where(step => step.Participant == participant);

    private static string NameOf(PlanStep step, Direction direction) => $"command.{step.Name}.{PlanStep.Word(direction)}";
}
