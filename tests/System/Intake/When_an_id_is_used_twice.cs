using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Intake;

/// <summary>A second delivery changes nothing; another message under the same id is not one, and must not vanish like one.</summary>
public sealed class When_an_id_is_used_twice
{
    [Test]
    [Property("Rule", "S39")]
    public async Task Should_dead_letter_the_other_message_and_say_so()
    {
        var system = await SharedSystem.Get();
        var messageId = Guid.NewGuid();
        var (first, second) = (Order.Of(), Order.Of());
        await system.Sandbox.Publish("orchestrator", Start(first, messageId));
        await Eventually.True(async () => await Count(system, first) == 1, "the first is started");
        await system.Sandbox.Publish("orchestrator", Start(second, messageId));
        var letter = await Eventually.Get(
            async () =>
                (await system.Sandbox.Peek("orchestrator.dead-letter")).FirstOrDefault(one =>
                    one.Payload.Contains(second["orderId"]!.GetValue<string>())
                ),
            one => one is not null,
            "the second is a dead letter"
        );
        letter!.Headers["dead-letter-reason"].ShouldBe("message-id-reused");
        letter.Headers["dead-letter-path"].ShouldBe("messageId");
        (await Count(system, second)).ShouldBe(0);
    }

    [Test]
    [Property("Rule", "S39")]
    public async Task Should_take_the_same_message_for_a_duplicate_however_it_is_wrapped()
    {
        var system = await SharedSystem.Get();
        var messageId = Guid.NewGuid();
        var order = Order.Of();
        await system.Sandbox.Publish("orchestrator", Start(order, messageId));
        await Eventually.True(async () => await Count(system, order) == 1, "it is started");
        await system.Sandbox.Publish(
            "orchestrator",
            Start(order, messageId)
                .Replace("\"messageId\"", "\"sentTime\":\"2026-01-31T12:00:00Z\",\"messageId\"", StringComparison.Ordinal)
        );
        var marker = Order.Of();
        await system.Sandbox.Publish("orchestrator", Start(marker, Guid.NewGuid()));
        await Eventually.True(async () => await Count(system, marker) == 1, "what came after it is started");
        (await system.Sandbox.Peek("orchestrator.dead-letter")).ShouldNotContain(one =>
            one.Payload.Contains(order["orderId"]!.GetValue<string>())
        );
    }

    private static Task<long> Count(RunningSystem system, JsonObject order) =>
        system.Sandbox.Query<long>($"select count(*) from orchestrator.saga where business_key = '{order["orderId"]!.GetValue<string>()}'");

    private static string Start(JsonObject order, Guid messageId) =>
        Envelope.Of("SagaOrchestrator.Messages.Orders.OrderFulfillment:StartOrderFulfillment", order, messageId);
}
