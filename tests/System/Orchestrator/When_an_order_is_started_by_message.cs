using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

public sealed class When_an_order_is_started_by_message
{
    [Test]
    public async Task Should_publish_how_the_saga_ended()
    {
        var system = await SharedSystem.Get();
        await system.Sandbox.Subscribe("SagaOrchestrator.Messages:SagaCompleted", "listener.completed");
        await system.Sandbox.Subscribe("SagaOrchestrator.Messages:SagaCompleted", "listener.completed-too");
        await system.Sandbox.Subscribe("SagaOrchestrator.Messages:SagaFailed", "listener.failed");
        var good = Order.Of();
        var bad = Order.Of(street: null);
        await system.Sandbox.Publish("orchestrator", Start(good));
        await system.Sandbox.Publish("orchestrator", Start(bad));

        var completed = await Ended("listener.completed", good);
        (await Ended("listener.completed-too", good)).Payload.ShouldBe(completed.Payload, "whoever subscribes gets it");
        completed.Headers.Keys.ShouldContain("saga-id");
        completed.Headers.Keys.ShouldNotContain("saga-step", "it would be the step of the last reply");
        var failed = await Ended("listener.failed", bad);
        failed.Message.GetProperty("failedStep").GetString().ShouldBe("create_shipment");
        failed.Message.GetProperty("code").GetString().ShouldBe("incomplete_address");
        failed.Message.GetProperty("compensated").Strings().ShouldBe(["process_payment", "reserve_inventory"]);
    }

    [Test]
    [Property("Rule", "S29")]
    public async Task Should_start_once_when_the_message_comes_again_under_a_new_id()
    {
        var system = await SharedSystem.Get();
        var order = Order.Of();
        Guid[] messages = [Guid.NewGuid(), Guid.NewGuid()];
        await system.Sandbox.Publish("orchestrator", Start(order, messages[0]));
        await system.Sandbox.Publish("orchestrator", Start(order, messages[1]));
        await system.Sandbox.WaitForHandled(messages);
        var saga = await Find(system, order);
        var completed = await system.Api.WaitFor(saga!.Value, "Completed");
        (await system.Api.HistoryTypes(saga.Value)).Count(type => type == "saga_started").ShouldBe(1);
        completed.GetProperty("businessKey").GetString().ShouldBe((string?)order["orderId"]);
        await NoDeadLetterOf(system, order);
    }

    [Test]
    [Property("Rule", "S29")]
    public async Task Should_start_once_when_it_comes_over_REST_at_the_same_moment()
    {
        var system = await SharedSystem.Get();
        var orders = Enumerable.Range(0, 20).Select(_ => (Order: Order.Of(), Message: Guid.NewGuid())).ToArray();
        var publishing = Task.WhenAll(orders.Select(order => system.Sandbox.Publish("orchestrator", Start(order.Order, order.Message))));
        var ids = await Task.WhenAll(orders.Select(order => system.Api.StartSaga(order.Order)));
        await publishing;
        await system.Sandbox.WaitForHandled([.. orders.Select(order => order.Message)]);
        foreach (var (id, order) in ids.Zip(orders))
        {
            await system.Api.WaitFor(id, "Completed");
            (await system.Api.HistoryTypes(id)).Count(type => type == "saga_started").ShouldBe(1);
            await NoDeadLetterOf(system, order.Order);
        }
    }

    [Test]
    public async Task Should_dead_letter_an_order_that_is_not_valid_or_in_conflict()
    {
        await using var system = await RunningSystem.Start();
        var order = Order.Of();
        await system.Api.Run(order, "Completed");
        var conflict = Order.Of((string)order["orderId"]!, quantity: 5);
        var invalid = Order.Of();
        invalid["total"] = "0.01";
        await system.Sandbox.Publish("orchestrator", Start(conflict));
        await system.Sandbox.Publish("orchestrator", Start(invalid));
        var letters = await system.Sandbox.WaitFor("orchestrator.dead-letter", 2);
        letters.Select(letter => letter.Headers["dead-letter-reason"]).Order().ShouldBe(["conflict", "invalid"]);
        letters.Single(letter => letter.Headers["dead-letter-reason"] == "invalid").Headers["dead-letter-message"].ShouldContain("total");
    }

    private static async Task<Guid?> Find(RunningSystem system, JsonObject order)
    {
        var answer = await system.Api.GetAsync($"/api/v1/sagas?key={order["orderId"]}");
        var items = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["items"]!.AsArray();
        return items.Count == 0 ? null : Guid.Parse((string)items[0]!["id"]!);
    }

    private static async Task<BrokerMessage> Ended(string queue, JsonObject order)
    {
        var system = await SharedSystem.Get();
        var found = await Eventually.Get(
            async () =>
                (await system.Sandbox.Peek(queue)).FirstOrDefault(message =>
                    message.Message.GetProperty("businessKey").GetString() == (string?)order["orderId"]
                ),
            message => message is not null,
            $"the event in {queue}"
        );
        return found!;
    }

    private static async Task NoDeadLetterOf(RunningSystem system, JsonObject order) =>
        (await system.Sandbox.Peek("orchestrator.dead-letter")).ShouldNotContain(letter =>
            letter.Payload.Contains((string)order["orderId"]!)
        );

    private static string Start(JsonObject order, Guid? messageId = null) =>
        Envelope.Of("SagaOrchestrator.Messages.Orders.OrderFulfillment:StartOrderFulfillment", order, messageId);
}
