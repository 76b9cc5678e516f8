using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SagaOrchestrator.Contracts.Tests.Pacts;

/// <summary>What the library of Pact's makers says of the pacts. A server in the provider's place sends messages of its own.</summary>
public sealed partial class When_pacts_are_verified
{
    private static readonly NodeTool Verifier = new("Pacts");

    private static readonly JsonArray Pacts = OrderContract.Json(ContractFormat.Pact).AsArray();

    private static readonly JsonArray InFormats = OrderContract
        .With(ContractFormat.Pact, "payments:Format=json", "notifications:Format=cloudevents-binary")
        .AsArray();

    private static IEnumerable<TestCaseData> All() =>
        Pacts.Select(pact => new TestCaseData(pact).SetArgDisplayNames($"{pact!["consumer"]!["name"]} reads {pact["provider"]!["name"]}"));

    [OneTimeSetUp]
    public static Task Install() => Verifier.Install();

    // Of another saga, with other ids and amounts.
    [TestCaseSource(nameof(All))]
    public async Task Should_find_that_other_messages_of_the_same_form_are_right(JsonNode pact) =>
        (await Verifier.Check(pact.ToJsonString(), Messages(pact, OfAnotherSaga))).Status.ShouldBe(0);

    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "$.message.amount", "\"a lot\"")]
    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "$.message.amount", "true")]
    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "$.message.saga.commandId", "\"17\"")]
    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "$.message.saga.direction", "\"undo\"")]
    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "$.message.saga.attempt", "\"first\"")]
    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "$.messageType[0]", "\"urn:message:Other:Name\"")]
    [TestCase("inventory", "command.order-fulfillment.v1.reserve_inventory.do", "$.message.lines[0].quantity", "\"some\"")]
    [TestCase("orchestrator", "reply.order-fulfillment.v1.process_payment.completed", "$.message.commandId", "\"17\"")]
    [TestCase("orchestrator", "reply.payments.rejected", "$.message.kind", "\"faulted\"")]
    public async Task Should_find_what_is_wrong(string consumer, string description, string place, string value)
    {
        var pact = Find(Pacts, consumer, description);
        var wrong = JsonNode.Parse(Messages(pact, AsItIs))!;
        Set(wrong[description]!["content"]!, place, value);
        var (status, output) = await Verifier.Check(pact.ToJsonString(), wrong.ToJsonString());
        status.ShouldBe(1);
        output.ShouldContain(place);
    }

    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "saga-id", null)]
    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "saga-id", "17")]
    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "saga-step", null)]
    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "saga-direction", "undo")]
    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "saga-attempt", "first")]
    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "command-id", null)]
    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "exchange", "to.shipping")]
    [TestCase("payments", "enquiry.payments", "command-id", null)]
    [TestCase("orchestrator", "reply.order-fulfillment.v1.process_payment.completed", "userId", null)]
    [TestCase("orchestrator", "reply.order-fulfillment.v1.process_payment.completed", "userId", "shipping")]
    public Task Should_find_what_is_wrong_beside_the_body(string consumer, string description, string name, string? value) =>
        ShouldFind(Pacts, consumer, description, name, value);

    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "type", null)]
    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "type", "urn:message:Other:Name")]
    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "messageId", null)]
    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "correlationId", "17")]
    [TestCase("payments", "command.order-fulfillment.v1.process_payment.do", "replyTo", null)]
    [TestCase("orchestrator", "reply.order-fulfillment.v1.process_payment.completed", "type", null)]
    [TestCase("orchestrator", "reply.order-fulfillment.v1.process_payment.completed", "messageId", "17")]
    [TestCase("notifications", "command.order-fulfillment.v1.send_confirmation.do", "cloudEvents:type", null)]
    [TestCase("notifications", "command.order-fulfillment.v1.send_confirmation.do", "cloudEvents:id", "17")]
    [TestCase("orchestrator", "reply.order-fulfillment.v1.send_confirmation.completed", "cloudEvents:source", null)]
    public Task Should_find_what_a_format_has_beside_the_body(string consumer, string description, string name, string? value) =>
        ShouldFind(InFormats, consumer, description, name, value);

    [Test]
    public void Should_have_one_for_each_pair_in_each_direction() =>
        Pacts
            .Select(pact => $"{pact!["consumer"]!["name"]} {pact["provider"]!["name"]}")
            .ShouldBe(
                OrderContract
                    .Wire.Participants.Select(name => $"{name} orchestrator")
                    .Concat(OrderContract.Wire.Participants.Select(name => $"orchestrator {name}"))
            );

    // A rule for a place that is not there would check nothing.
    [TestCaseSource(nameof(All))]
    public void Should_have_rules_for_what_is_there(JsonNode pact)
    {
        foreach (var message in pact["interactions"]!.AsArray().Select(interaction => Sent(interaction!)))
        {
            var content = message["contents"]!["content"]!;
            foreach (var (place, _) in message["matchingRules"]!["body"]!.AsObject())
            {
                Find(content, place.Replace("[*]", "[0]", StringComparison.Ordinal)).ShouldNotBeNull(place);
            }

            foreach (var (name, _) in message["matchingRules"]!["metadata"]?.AsObject() ?? [])
            {
                message["metadata"]![name].ShouldNotBeNull(name);
            }
        }
    }

    private static string Messages(JsonNode pact, Func<JsonNode, JsonNode> change) =>
        new JsonObject(
            pact["interactions"]!
                .AsArray()
                .Select(interaction =>
                    KeyValuePair.Create(
                        (string)interaction!["description"]!,
                        (JsonNode?)
                            new JsonObject
                            {
                                ["content"] = change(interaction),
                                ["metadata"] = interaction["response"] is null
                                    ? OtherIds(interaction["metadata"]!)
                                    : Sent(interaction)["metadata"]!.DeepClone(),
                            }
                    )
                )
        ).ToJsonString();

    private static async Task ShouldFind(JsonArray pacts, string consumer, string description, string name, string? value)
    {
        var pact = Find(pacts, consumer, description);
        var right = JsonNode.Parse(Messages(pact, AsItIs))!;
        (await Verifier.Check(pact.ToJsonString(), right.ToJsonString())).Status.ShouldBe(0);
        var metadata = right[description]!["metadata"]!.AsObject();
        metadata.Remove(name).ShouldBeTrue();
        if (value is not null)
        {
            metadata[name] = value;
        }

        var (status, output) = await Verifier.Check(pact.ToJsonString(), right.ToJsonString());
        status.ShouldBe(1);
        output.ShouldContain(name);
    }

    private static JsonNode Find(JsonArray pacts, string consumer, string description) =>
        pacts.Single(one =>
            (string)one!["consumer"]!["name"]! == consumer
            && one["interactions"]!.AsArray().Any(interaction => (string)interaction!["description"]! == description)
        )!;

    private static JsonNode AsItIs(JsonNode interaction) => Sent(interaction)["contents"]!["content"]!.DeepClone();

    private static JsonNode OtherIds(JsonNode node) => JsonNode.Parse(Ids().Replace(node.ToJsonString(), match => $"{Guid.NewGuid()}"))!;

    private static JsonNode Sent(JsonNode interaction) => interaction["response"]?[0] ?? interaction;

    // An answer keeps the ids that it was asked with; whatever else is an id, an amount or a base type is another.
    private static JsonNode OfAnotherSaga(JsonNode interaction)
    {
        var content = Sent(interaction)["contents"]!["content"]!.DeepClone();
        var text = content.ToJsonString();
        if (interaction["response"] is null)
        {
            text = Ids().Replace(text, match => $"{Guid.NewGuid()}");
            text = Amounts().Replace(text, "\"73.5\"");
        }

        var other = JsonNode.Parse(text)!;
        other["messageId"] = Guid.NewGuid().ToString();
        other["messageType"] = new JsonArray(other["messageType"]![0]!.DeepClone());
        return other;
    }

    private static JsonNode? Find(JsonNode content, string place) =>
        Parts().Matches(place[1..]).Aggregate((JsonNode?)content, (node, part) => Step(node, part.Value));

    private static JsonNode? Step(JsonNode? node, string part) =>
        part[0] == '[' ? node?[int.Parse(part[1..^1], System.Globalization.CultureInfo.InvariantCulture)] : node?[part[1..]];

    private static void Set(JsonNode content, string place, string value)
    {
        var last = Parts().Matches(place[1..])[^1].Value;
        var parent = Find(content, place[..^last.Length])!;
        if (last[0] == '[')
        {
            parent.AsArray()[0] = JsonNode.Parse(value);
        }
        else
        {
            parent[last[1..]] = JsonNode.Parse(value);
        }
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ids();

    [GeneratedRegex("\"[0-9]+\\.[0-9]+\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Amounts();

    [GeneratedRegex(@"\.[^.\[]+|\[[0-9]+\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parts();
}
