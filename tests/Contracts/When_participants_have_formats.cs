using System.Text.Json.Nodes;

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
