using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using SagaOrchestrator.Intake.Contracts;

namespace SagaOrchestrator.Contracts.Tests;

/// <summary>The contract shows each participant its messages in its own format.</summary>
public sealed class When_participants_have_formats
{
    private const string Command = "SagaOrchestrator.Messages.Orders.Payments.ProcessPayment.json";

    private static readonly JsonNode Document = OrderContract.With(
        ContractFormat.AsyncApi,
        "payments:Format=json",
        "shipping:Format=cloudevents",
        "notifications:Format=cloudevents-binary"
    );

    [TestCase("payments", "application/json")]
    [TestCase("shipping", "application/cloudevents+json")]
    [TestCase("notifications", "application/json")]
    [TestCase("inventory", "application/vnd.masstransit+json")]
    public void Should_show_one_content_type_on_its_queue_and_its_exchange(string participant, string contentType)
    {
        foreach (var channel in new[] { "queue." + participant, "exchange.to." + participant })
        {
            Messages(channel).ShouldNotBeEmpty();
            Messages(channel).Select(message => (string)message["contentType"]!).Distinct().ShouldBe([contentType]);
        }
    }

    [Test]
    public void Should_take_answers_in_each_of_them() =>
        Messages("queue.orchestrator")
            .Select(message => (string?)message["x-format"])
            .Distinct()
            .ShouldBe([null, "json", "cloudevents", "cloudevents-binary"], ignoreOrder: true);

    [Test]
    public void Should_show_the_command_alone_with_its_properties()
    {
        var message = Document["components"]!["messages"]![Command]!;
        ((string)message["payload"]!["$ref"]!).ShouldBe("#/components/schemas/SagaOrchestrator.Messages.Orders.Payments.ProcessPayment");
        ((string)message["x-amqp-properties"]!["type"]!).ShouldBe("urn:message:SagaOrchestrator.Messages.Orders.Payments:ProcessPayment");
        var example = message["examples"]![0]!;
        ((string)example["payload"]!["saga"]!["replyFormat"]!).ShouldBe("json");
        var step = Document["channels"]!["queue.payments"]!["x-steps"]![0]!;
        ((string)step["do"]!["message"]!).ShouldBe(Command);
        ((string)step["do"]!["example"]!).ShouldBe((string)example["name"]!);
    }

    [Test]
    public void Should_fix_the_content_type_of_an_events_data_where_the_orchestrator_writes_it()
    {
        var schema = Event("SagaOrchestrator.Messages.Orders.Shipping.CreateShipment");
        ((string)schema["properties"]!["datacontenttype"]!["const"]!).ShouldBe("application/json");
        schema["required"]!.AsArray().Select(name => (string)name!).ShouldContain("datacontenttype");
    }

    [TestCase("\"application/json\"")]
    [TestCase("\"Application/JSON; charset=utf-8\"")]
    [TestCase("\"application/json;charset=utf-8\"")]
    [TestCase("null")]
    [TestCase("\"text/plain\"")]
    [TestCase("\"application/jsonl\"")]
    [TestCase("7")]
    public void Should_take_the_content_types_that_the_intake_takes(string type)
    {
        var json = $$"""
            {
              "specversion": "1.0", "id": "8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55", "source": "shipping",
              "type": "urn:message:SagaOrchestrator.Messages:SagaStepCompleted", "data": {}, "datacontenttype": {{type}}
            }
            """;
        var schema = JsonSchema.FromText(
            Event("SagaOrchestrator.Messages.SagaStepCompleted")["properties"]!["datacontenttype"]!.ToJsonString()
        );
        schema
            .Evaluate(JsonSerializer.Deserialize<JsonElement>(type))
            .IsValid.ShouldBe(CloudEvent.Check(Encoding.UTF8.GetBytes(json)).Count == 0);
    }

    [Test]
    public void Should_refer_to_nothing_that_is_not_there()
    {
        foreach (var place in References(Document).Distinct())
        {
            var found = Document;
            foreach (var part in place[2..].Split('/'))
            {
                found = found?[part];
            }

            found.ShouldNotBeNull(place);
        }
    }

    private static JsonNode Event(string message) => Document["components"]!["schemas"]![message + ".cloudevent"]!;

    private static IEnumerable<JsonNode> Messages(string channel) =>
        Document["channels"]![channel]!["messages"]!.AsObject().Select(message => Document["components"]!["messages"]![message.Key]!);

    private static IEnumerable<string> References(JsonNode? node) =>
        node switch
        {
            JsonObject record => record.SelectMany(member => member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
            JsonArray list => list.SelectMany(References),
            _ => [],
        };
}
