using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Recovery;

/// <summary>
/// Quartz keeps when its job is to run next by the clock of the node that ran it last. A node that was an hour ahead must not cost an hour.
/// </summary>
public sealed class When_a_nodes_clock_was_wrong
{
    private const string NextRun =
        "select min(next_fire_time) - (extract(epoch from now()) * 10000000 + 621355968000000000)::bigint from orchestrator.qrtz_triggers "
        + "where trigger_name = 'fire-due-timers'";

    [Test]
    [Property("Rule", "S26")]
    [Property("Rule", "S35")]
    public async Task Should_fire_timers_and_put_the_scheduler_right()
    {
        await using var system = await RunningSystem.Start(settings =>
        {
            settings["OrderFulfillment:StepTimeout"] = "00:00:01";
            settings["OrderFulfillment:Attempts"] = "1";
        });
        // What a node leaves whose clock is an hour ahead. The scheduler gives up a run that it had in mind when the row says that it
        // waits.
        await Eventually.True(
            async () =>
            {
                await system.Sandbox.Execute(
                    "update orchestrator.qrtz_triggers set next_fire_time = next_fire_time + 36000000000, trigger_state = 'WAITING' where "
                        + "trigger_name = 'fire-due-timers'"
                );
                return await system.Sandbox.Query<long>(NextRun) > 30_000_000_000;
            },
            "the job is to run in an hour"
        );

        await system.Api.Run(Order.Of(token: "tok_timeout"), "Failed");

        (await system.Sandbox.Query<long>(NextRun)).ShouldBeLessThan(300_000_000, "the job is to run soon again");
    }
}
