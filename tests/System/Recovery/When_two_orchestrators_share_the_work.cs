using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Recovery;

public sealed class When_two_orchestrators_share_the_work
{
    [Test]
    [Property("Rule", "S27")]
    public async Task Should_end_every_saga_once_and_fire_each_timer_once()
    {
        const int orders = 60;
        await using var system = await KilledSystem.Start();
        using var second = system.StartSecondOrchestrator();
        await system.Push(orders);
        await system.Ended(orders);
        (await system.Check()).ShouldAllBe(check => check.Holds);
        (await system.Query<long>("select count(*) from orchestrator.saga_history where type = 'retry_scheduled'")).ShouldBeGreaterThan(
            0,
            "timers have fired"
        );
        (
            await system.Query<long>(
                """
                select count(*) from (
                    select from orchestrator.saga_history where type in ('step_retried', 'step_timed_out', 'compensation_timed_out')
                    group by saga_id, type, data ->> 'step', data ->> 'attempt' having count(*) > 1) twice
                """
            )
        ).ShouldBe(0);
        (await system.Query<long>("select count(*) from orchestrator.saga where ended_at is not null and wake_at is not null")).ShouldBe(0);
        (await system.Query<long>("select count(*) from orchestrator.qrtz_triggers where trigger_state in ('ERROR', 'BLOCKED')")).ShouldBe(
            0
        );
        (
            await system.Query<long>(
                "select count(*) from (select saga_id from orchestrator.saga_history where type in ('saga_completed', 'saga_failed') "
                    + "group by saga_id having count(*) > 1) twice"
            )
        ).ShouldBe(0);
        // On a busy machine one takes the other for dead, until it checks in again.
        await Eventually.Get(
            () => system.Query<long>("select count(*) from orchestrator.qrtz_scheduler_state"),
            count => count == 2,
            "both schedulers are checked in"
        );
    }
}
