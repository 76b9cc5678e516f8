using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Recovery;

/// <summary>
/// A node that dies while it runs the job of the timers leaves that behind. Its clock was ahead, so for an hour it does not seem to be
/// gone.
/// </summary>
public sealed class When_a_node_dies_in_the_middle_of_a_run
{
    private const string InAnHour = "((extract(epoch from now()) + 3600) * 10000000 + 621355968000000000)::bigint";

    [TestCase("BLOCKED")]
    [TestCase("ACQUIRED")]
    [Property("Rule", "S26")]
    public async Task Should_go_on_without_it(string state)
    {
        await using var system = await RunningSystem.Start(settings =>
        {
            settings["OrderFulfillment:StepTimeout"] = "00:00:01";
            settings["OrderFulfillment:Attempts"] = "1";
        });
        await system.Sandbox.Execute(
            $"""
            insert into orchestrator.qrtz_scheduler_state (sched_name, instance_name, last_checkin_time, checkin_interval)
            select sched_name, 'gone', {InAnHour}, 50000000 from orchestrator.qrtz_scheduler_state limit 1;
            insert into orchestrator.qrtz_fired_triggers (sched_name, entry_id, trigger_name, trigger_group, instance_name, fired_time,
                sched_time, priority, state, job_name, job_group, is_nonconcurrent, requests_recovery)
            select sched_name, 'left', trigger_name, trigger_group, 'gone', {InAnHour}, {InAnHour}, 5, 'EXECUTING', job_name, job_group,
                true, false from orchestrator.qrtz_triggers where trigger_name = 'fire-due-timers';
            """
        );
        // The scheduler that lives gives up the run that it had in mind when the row says that another has it.
        await Eventually.True(
            async () =>
            {
                await system.Sandbox.Execute(
                    "update orchestrator.qrtz_triggers set trigger_state = 'BLOCKED' where trigger_name = 'fire-due-timers'"
                );
                return await system.Sandbox.Query<bool>(
                    $"select min(next_fire_time) < {InAnHour} - 36030000000 from orchestrator.qrtz_triggers where trigger_name = "
                        + $"'fire-due-timers'"
                );
            },
            "the job has not run for three seconds"
        );
        await system.Sandbox.Execute(
            $"update orchestrator.qrtz_triggers set trigger_state = '{state}' where trigger_name = 'fire-due-timers'"
        );
        var stuck = await NextRun(system);

        await system.Api.Run(Order.Of(token: "tok_timeout"), "Failed");

        await Eventually.True(async () => await NextRun(system) > stuck, "the scheduler runs the job again");
    }

    private static Task<long> NextRun(RunningSystem system) =>
        system.Sandbox.Query<long>("select min(next_fire_time) from orchestrator.qrtz_triggers where trigger_name = 'fire-due-timers'");
}
