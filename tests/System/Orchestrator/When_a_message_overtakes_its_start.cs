using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

public sealed class When_a_message_overtakes_its_start
{
    [Test]
    [Property("Rule", "S12")]
    public async Task Should_reach_the_saga_that_comes_a_moment_later()
    {
        var system = await SharedSystem.Get();
        var order = Order.Business(unitPrice: 600);
        var (key, message) = ((string)order["orderId"]!, Guid.NewGuid());
        await system.Sandbox.Publish(
            "orchestrator",
            Envelope.Of(
                "SagaOrchestrator.Messages:SagaSignal",
                new JsonObject
                {
                    ["sagaType"] = "business-order",
                    ["businessKey"] = key,
                    ["signalId"] = Guid.NewGuid().ToString(),
                    ["name"] = "approval",
                    ["data"] = new JsonObject { ["approvedBy"] = "frank" },
                },
                message
            )
        );
        await Eventually.True(async () => (await system.Sandbox.Peek("orchestrator")).Count == 0, "a node has taken the signal");

        var id = await system.Api.StartSaga(order, "business-order");

        await system.Sandbox.WaitForHandled(message);
        var saga = await system.Api.WaitFor(id, "Completed");
        saga.Step("await_approval").GetProperty("result").GetProperty("approvedBy").GetString().ShouldBe("frank");
        (await system.Sandbox.Peek("orchestrator.dead-letter")).ShouldNotContain(letter => letter.Payload.Contains(key));
    }
}
