using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Contracts.Examples;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Formats;
using SagaOrchestrator.Messaging.InMemory;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Contracts.Tests;

/// <summary>The recorded messages are what services send, and what the schemas and the intake take.</summary>
public sealed class When_examples_are_read
{
    private static readonly JsonNode Document = OrderContract.Json(ContractFormat.JsonSchema);

    private static IEnumerable<TestCaseData> Examples() =>
        OrderContract.Json(ContractFormat.Examples)["examples"]!
            .AsArray()
            .Select(example => new TestCaseData(example).SetArgDisplayNames((string)example!["name"]!));

    [TestCaseSource(nameof(Examples))]
    public void Should_find_the_body_as_its_schema_says(JsonNode example)
    {
        if ((string?)example["schema"] is { } name)
        {
            Validate(name, (string)example["body"]!).ShouldBeEmpty();
        }
    }

    [TestCaseSource(nameof(Examples))]
    public void Should_find_that_the_intake_takes_it(JsonNode example)
    {
        var (urn, content) = Read(example);
        var message = OrderContract.Wire.Messages.Single(message => message.Urn == urn);
        var refusals = Contract.Of(message.Shape).Check(Encoding.UTF8.GetBytes(content.ToJsonString(WireJson.Options)));
        if ((string?)example["schema"] is not null)
        {
            refusals.ShouldBeEmpty();
            return;
        }

        // A dead letter, which says why.
        var headers = example["headers"]!;
        var refusal = refusals.ShouldHaveSingleItem();
        (refusal.Path, refusal.Expected, refusal.Got).ShouldBe(
            (
                (string)headers[SagaHeaders.DeadLetterPath]!,
                (string)headers[SagaHeaders.DeadLetterExpected]!,
                (string)headers[SagaHeaders.DeadLetterGot]!
            )
        );
    }

    // As the format says, which the content type and what stands beside the body tell.
    private static (string Urn, JsonNode Message) Read(JsonNode example)
    {
        var (text, properties) = ((string)example["body"]!, example["properties"]!);
        var body = JsonNode.Parse(text)!;
        switch ((string)properties["content-type"]!)
        {
            case ContentTypes.Envelope:
                Envelope.Check(Encoding.UTF8.GetBytes(text)).ShouldBeEmpty();
                return ((string)body["messageType"]![0]!, body["message"]!);
            case ContentTypes.CloudEvents:
                CloudEvent.Check(Encoding.UTF8.GetBytes(text)).ShouldBeEmpty();
                return ((string)body["type"]!, body["data"]!);
            default:
                return ((string)(properties["type"] ?? example["headers"]!["cloudEvents:type"])!, body);
        }
    }

    [Test]
    public void Should_find_the_schemas_themselves_as_JSON_Schema_has_them() =>
        MetaSchemas
            .Draft202012.Evaluate(JsonSerializer.Deserialize<JsonElement>(OrderContract.Write(ContractFormat.JsonSchema)))
            .IsValid.ShouldBeTrue();

    [Test]
    public void Should_find_one_of_each_message_and_of_each_result()
    {
        var examples = ExampleMessages.Of(OrderContract.Wire);
        OrderContract.Wire.Messages.Except(examples.Select(example => example.Schema)).ShouldBeEmpty();
        foreach (var result in OrderContract.Wire.Results.Where(result => result.Step.Participant.Length > 0))
        {
            var reply = examples.Single(example => example.Name == $"reply.{result.Step.Name}.completed");
            Validate(result.Name, JsonNode.Parse(reply.Body.Span)!["message"]!["result"]!.ToJsonString()).ShouldBeEmpty();
        }

        examples.Count(example => example.Schema is null).ShouldBe(OrderContract.Wire.Participants.Count);
    }

    // An example with another value that fails: the schemas are not merely open.
    [Test]
    public void Should_find_a_body_that_is_not_as_its_schema_says()
    {
        var example = ExampleMessages.Of(OrderContract.Wire).First(one => one.Schema!.Kind == MessageKind.Command);
        var body = JsonNode.Parse(example.Body.Span)!;
        body["message"]!["saga"]!["direction"] = "Do";
        Validate(example.Schema!.EnvelopeName, body.ToJsonString()).ShouldNotBeEmpty();
    }

    // The kit answers the example of a command: to the byte the example of its reply, but for the id that it draws.
    [Test]
    public async Task Should_find_the_reply_as_the_kit_sends_it()
    {
        var examples = ExampleMessages.Of(OrderContract.Wire);
        foreach (var step in OrderContract.Wire.Steps.Where(step => step.Participant.Length > 0))
        {
            var saga = new ExampleSaga(step.Plan, "to.orchestrator");
            var command = saga.Context(step, Decisions.Direction.Do);
            using var unit = new UnitOfWork(inbox: null);
            unit.Add(
                new DoWork(
                    command,
                    new MemoryFence(),
                    NullLogger.Instance,
                    (_, _) => new StepOutcome.Completed(saga.Result(step.Step.Name)),
                    readsFirst: false,
                    wasBegun: false
                )
            );
            await unit.Execute(new MemoryScope(), CancellationToken.None);
            var sent = unit.Messages.ShouldHaveSingleItem();
            var example = examples.Single(one => one.Name == $"reply.{step.Name}.completed");
            var id = (string)example.Properties.MessageId!;
            Encoding
                .UTF8.GetString(sent.Body.Span)
                .Replace(sent.MessageId.ToString(), id, StringComparison.Ordinal)
                .ShouldBe(Encoding.UTF8.GetString(example.Body.Span));
            sent.Destination.ShouldBe(example.Exchange);
            sent.Headers.Select(header => (header.Key, (object?)header.Value))
                .ShouldBe(example.Properties.Headers!.Select(header => (header.Key, header.Value)));
        }
    }

    private static IReadOnlyList<string> Validate(string schema, string json)
    {
        var document = Document.DeepClone();
        document.AsObject().Remove("$id");
        document["anyOf"] = new JsonArray(new JsonObject { ["$ref"] = "#/$defs/" + schema });
        var result = JsonSchema
            .FromText(document.ToJsonString())
            .Evaluate(JsonSerializer.Deserialize<JsonElement>(json), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid
            ? []
            :
            [
                .. (result.Details ?? [])
                    .Where(detail => detail.Errors is not null)
                    .Select(detail => $"{detail.InstanceLocation}: {string.Join(' ', detail.Errors!.Values)}"),
            ];
    }
}
