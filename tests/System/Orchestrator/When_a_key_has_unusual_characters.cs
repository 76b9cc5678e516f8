using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

public sealed class When_a_key_has_unusual_characters
{
    private static string Key() => $"ʕノ•ᴥ•ʔノ ︵ ┻━┻ 😍 \"quoted\" & <b> % {Order.NewId()}";

    [Test]
    [Property("Rule", "S29")]
    public async Task Should_be_found_and_answered_as_it_was_given()
    {
        var system = await SharedSystem.Get();
        var order = Order.Of(Key());
        var key = order["orderId"]!.GetValue<string>();
        await system.Sandbox.Subscribe("SagaOrchestrator.Messages:SagaCompleted", "listener.unusual");

        var id = await system.Api.StartSaga(order);
        (await system.Api.WaitFor(id, "Completed")).GetProperty("businessKey").GetString().ShouldBe(key);

        var found = JsonDocument
            .Parse(await system.Api.GetStringAsync($"/api/v1/sagas?key={Uri.EscapeDataString(key)}"))
            .RootElement.GetProperty("items");
        found.EnumerateArray().Single().GetProperty("id").GetGuid().ShouldBe(id);
        var published = await Eventually.Get(
            async () =>
                (await system.Sandbox.Peek("listener.unusual")).FirstOrDefault(message =>
                    message.Message.GetProperty("sagaId").GetGuid() == id
                ),
            message => message is not null,
            "the saga's end is published"
        );
        published!.Message.GetProperty("businessKey").GetString().ShouldBe(key);
    }

    [Test]
    [Property("Rule", "S29")]
    public async Task Should_be_named_in_the_reason_of_a_conflict()
    {
        var system = await SharedSystem.Get();
        var key = Key();
        var id = await system.Api.StartSaga(Order.Of(key));
        await system.Api.WaitFor(id, "Completed");

        await system.Sandbox.Publish(
            "orchestrator",
            Envelope.Of("SagaOrchestrator.Messages.Orders.OrderFulfillment:StartOrderFulfillment", (JsonNode)Order.Of(key, quantity: 3))
        );

        var letter = await Eventually.Get(
            async () =>
                (await system.Sandbox.Peek("orchestrator.dead-letter")).FirstOrDefault(letter =>
                    letter.Headers.GetValueOrDefault("dead-letter-message")?.Contains(id.ToString()) is true
                ),
            letter => letter is not null,
            "the second start is a dead letter"
        );
        letter!.Headers["dead-letter-reason"].ShouldBe("conflict");
        letter.Headers["dead-letter-message"].ShouldContain(key);
    }
}
