using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Tests.Recovery;

/// <summary>
/// What answers weak point 1 of MassTransit's outbox: nothing that is decided needs the message again that it was decided for.
/// </summary>
internal sealed class When_a_message_is_purged_after_its_commit
{
    [Test]
    [Property("Rule", "S28")]
    public async Task Should_send_what_was_decided_all_the_same()
    {
        // Long, so that no timer sends the command again.
        await using var system = await KilledSystem.Start(("OrderFulfillment__StepTimeout", "00:10:00"));
        system.KillOrchestrator();
        // The start's group is the first, that of the message by which the saga begins the second.
        system.StartOrchestrator(("SAGA_CRASH_AT", CrashPoint.GroupCommitted + "/2"));
        await system.Ready();
        await system.Push(1);
        await system.OrchestratorDied();
        (await system.Query<string[]>("select array_agg(type order by version) from orchestrator.saga_history")).ShouldBe([
            "saga_started",
            "step_started",
        ]);

        (await system.Take("orchestrator")).ShouldHaveSingleItem().Payload.ShouldContain("SagaAccepted");
        system.KillOrchestrator();
        system.StartOrchestrator();

        await system.Ended(1);
        (await system.Check()).ShouldAllBe(check => check.Holds);
    }
}
