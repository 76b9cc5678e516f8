using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Breakers;

public sealed class When_starts_are_stopped
{
    [Test]
    [Property("Rule", "S38")]
    public async Task Should_start_nothing_over_REST_and_let_messages_wait()
    {
        await using var system = await RunningSystem.Start(BreakerClient.Quick);
        var known = Order.Of();
        await system.Api.Run(known, "Completed");
        var (status, type) = await system.Api.Set(
            "saga-types/order-fulfillment",
            new
            {
                state = "open",
                by = "alice",
                reason = "Stocktaking.",
            }
        );
        (status, type.GetProperty("starts").GetString()).ShouldBe((200, "stopped"));

        var order = Order.Of();
        var refused = await system.Api.Post(order);
        ((int)refused.StatusCode, refused.Headers.RetryAfter!.ToString()).ShouldBe((503, "30"));
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("type").GetString().ShouldBe("/problems/starts-stopped");
        problem.GetProperty("detail").GetString()!.ShouldContain("Stocktaking.");
        ((int)(await system.Api.Post(known)).StatusCode).ShouldBe(200, "this one was started before");

        var byMessage = Order.Of();
        await system.Sandbox.Publish(
            "orchestrator",
            Envelope.Of("SagaOrchestrator.Messages.Orders.OrderFulfillment:StartOrderFulfillment", byMessage, Guid.NewGuid())
        );
        await Eventually.True(
            async () => await system.Sandbox.Query<long>("select count(*) from orchestrator.waiting_message") == 1,
            "the message waits"
        );
        (await system.Api.Post(Order.Business(), "business-order")).IsSuccessStatusCode.ShouldBeTrue("another type goes on");

        await system.Api.Set(
            "saga-types/order-fulfillment",
            new
            {
                state = "closed",
                by = "alice",
                reason = "Counted.",
            }
        );
        (await system.Api.Post(order)).IsSuccessStatusCode.ShouldBeTrue();
        var id = SagaIds.OfSaga("order-fulfillment", (string)byMessage["orderId"]!);
        await Eventually.True(
            async () => (await system.Api.GetAsync($"/api/v1/sagas/{id}")).IsSuccessStatusCode,
            "the message has started its saga"
        );
        await system.Api.WaitFor(id, "Completed");
        (await system.Sandbox.Peek("orchestrator.dead-letter")).ShouldBeEmpty();
    }
}
