using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

public sealed class When_the_message_that_begins_a_saga_is_lost
{
    [Test]
    [Property("Rule", "S26")]
    public async Task Should_begin_by_its_timer()
    {
        await using var system = await RunningSystem.Start();
        await system.Sandbox.Unbind("to.orchestrator", "orchestrator");
        var id = await system.Api.StartSaga(Order.Of());
        // Besides what a node sends to itself to see whether it arrives.
        await Eventually.Get(
            () => system.Sandbox.Peek("unrouted"),
            found => found.Any(message => message.Payload.Length > 0),
            "the message is in unrouted"
        );
        await system.Sandbox.Bind("to.orchestrator", "orchestrator");
        (await system.Api.GetSaga(id)).GetProperty("state").GetString().ShouldBe("Started");

        // The half minute passes at once.
        await system.Sandbox.Execute(
            "update orchestrator.saga set wake_at = now(), wake_check_at = now(), progress = jsonb_set(progress::jsonb, '{beginDueAt}', "
                + "to_jsonb(now()))"
        );
        await system.Api.WaitFor(id, "Completed");
    }
}
