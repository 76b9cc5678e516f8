using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Engine.Retention;
using SagaOrchestrator.Messaging.Postgres.Retention;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Retention;

public sealed class When_rows_grow_old
{
    [Test]
    [Property("Rule", "S30")]
    [Property("Rule", "S31")]
    public async Task Should_delete_what_is_older_than_its_retention_and_nothing_else()
    {
        await using var system = await RunningSystem.Start();
        var old = (await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid();
        var young = (await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid();
        var running = await system.Api.StartSaga(Order.Business(unitPrice: 600), "business-order");
        await system.Api.WaitForStep(running, "await_approval", "Signal");
        await system.Sandbox.Execute(
            $"""
            update orchestrator.saga set ended_at = now() - interval '91 days' where id = '{old}';
            update orchestrator.saga set started_at = now() - interval '91 days' where id = '{running}';
            update orchestrator.inbox set received_at = now() - interval '15 days' where message_type = 'SagaStepCompleted';
            insert into orchestrator.inbox (message_id, message_type, received_at)
            select gen_random_uuid(), 'many', now() - interval '15 days' from generate_series(1, 1200);
            """
        );

        await system.Orchestrator.GetRequiredService<CleanUp>().Run(CancellationToken.None);
        (await Count(system, "orchestrator.saga", $"id = '{old}'")).ShouldBe(0);
        (await Count(system, "orchestrator.saga_history", $"saga_id = '{old}'")).ShouldBe(0);
        (await Count(system, "orchestrator.saga", $"id in ('{young}', '{running}')")).ShouldBe(2);
        (await Count(system, "orchestrator.saga_history", $"saga_id = '{young}'")).ShouldBeGreaterThan(5);
        (await Count(system, "orchestrator.inbox", "received_at < now() - interval '1 day'")).ShouldBe(0);
        (await Count(system, "orchestrator.inbox", "true")).ShouldBeGreaterThan(0);
    }

    [Test]
    [Property("Rule", "S31")]
    public async Task Should_delete_dead_letters_that_ended_with_what_was_asked_of_them()
    {
        await using var system = await RunningSystem.Start();
        await system.Sandbox.Execute(
            """
            insert into orchestrator.dead_letter (id, queue, reason, at, headers, size, body, state, ended_at)
            select gen_random_uuid(), 'inventory', 'orphan', now() - interval '200 days', '{}', 0, '', state, now() - ended
            from (values ('redriven', interval '91 days'), ('discarded', '91 days'), ('gone', '1 day'), ('waiting',
                null)) as letter (state, ended);
            insert into orchestrator.dead_letter_action (letter_id, verb, who, why, outcome)
            select id, 'discard', 'ann', 'old', 'done' from orchestrator.dead_letter;
            """
        );
        await system.Orchestrator.GetRequiredService<CleanUp>().Run(CancellationToken.None);
        (await Count(system, "orchestrator.dead_letter", "state in ('gone', 'waiting')")).ShouldBe(2);
        (await Count(system, "orchestrator.dead_letter", "true")).ShouldBe(2);
        (await Count(system, "orchestrator.dead_letter_action", "true")).ShouldBe(2);
    }

    [Test]
    [Property("Rule", "S31")]
    public async Task Should_be_deleted_by_the_scheduler()
    {
        await using var system = await RunningSystem.Start(settings => settings["Retention:Every"] = "1s");
        var old = (await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid();
        await system.Sandbox.Execute($"update orchestrator.saga set ended_at = now() - interval '91 days' where id = '{old}'");
        await Eventually.Get(() => Count(system, "orchestrator.saga", $"id = '{old}'"), count => count == 0, "the old saga is gone");
        (await Count(system, "orchestrator.qrtz_triggers", "trigger_name = 'clean-up'")).ShouldBe(1);
    }

    [Test]
    [Property("Rule", "S8")]
    [Property("Rule", "S31")]
    public async Task Should_keep_fences_longer_than_sagas_and_work_that_is_deferred_for_good()
    {
        new ParticipantRetention().Fences.ShouldBeGreaterThan(new RetentionOptions().Sagas);
        await using var system = await RunningSystem.Start();
        await system.Sandbox.Execute(
            """
            insert into inventory.fence (saga_id, step, undo_state, tombstone, changed_at) values
                (gen_random_uuid(), 'old', 'completed', true, now() - interval '181 days'),
                (gen_random_uuid(), 'not done, open', 'none', false, now() - interval '181 days'),
                (gen_random_uuid(), 'young', 'completed', true, now() - interval '179 days');
            insert into inventory.fence (saga_id, step, do_state, changed_at) values (gen_random_uuid(), 'done', 'completed',
                now() - interval '181 days');
            insert into inventory.fence (saga_id, step, do_state, changed_at) values (gen_random_uuid(), 'at work', 'deferred',
                now() - interval '999 days');
            insert into inventory.fence (saga_id, step, do_state, undo_state, changed_at) values (gen_random_uuid(), 'stopped',
                'deferred', 'completed', now() - interval '999 days');
            """
        );
        await using var database = Npgsql.NpgsqlDataSource.Create(system.Sandbox.Connection("inventory"));
        var cleanUp = new CleanUp(database, new ParticipantRetention().Rules("inventory"), NullLogger<CleanUp>.Instance);
        (await cleanUp.Run(CancellationToken.None)).ShouldBe(3);
        (await system.Sandbox.Query<string[]>("select array_agg(step order by step) from inventory.fence")).ShouldBe([
            "at work",
            "done",
            "young",
        ]);
    }

    private static Task<long> Count(RunningSystem system, string table, string where) =>
        system.Sandbox.Query<long>($"select count(*) from {table} where {where}");
}
