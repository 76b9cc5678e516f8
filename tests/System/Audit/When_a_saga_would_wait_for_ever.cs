using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Audit;

public sealed class When_a_saga_would_wait_for_ever
{
    private const string Inventory = "inventory";

    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        system = await AuditedSystem.Start();
        await system.StopParticipant("shipping");
    }

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [TestCase("timer-missing", "wake_at = null, wake_for = null, wake_check_at = null")]
    [TestCase("timer-unseen", "wake_check_at = wake_at + interval '1 day'")]
    [TestCase("timer-unseen", "wake_check_at = null")]
    [TestCase("timer-wrong", "wake_at = wake_at + interval '1 day'")]
    [Property("Rule", "S26")]
    public async Task Should_arm_the_timer_that_the_document_names(string kind, string planted)
    {
        var id = await Waiting();
        await system.Sandbox.Execute($"update orchestrator.saga set {planted} where id = '{id}'");
        await system.Found(kind, id.ToString(), "Repaired");
        (await Armed(id)).ShouldBeTrue();
        (await system.Repairs(id)).ShouldHaveSingleItem().ShouldContain(kind);
    }

    [Test]
    [Property("Rule", "S26")]
    public async Task Should_make_a_timer_due_where_the_document_has_none()
    {
        var id = await Waiting();
        await PlantInDocument(id, "'{steps,2,dueAt}', 'null'");
        (await system.Found("wait-without-timer", id.ToString(), "Repaired")).Word("step").ShouldBe("create_shipment");
        (await system.Api.HistoryTypes(id)).ShouldContain("operator_rearmed");
        await Eventually.True(() => Armed(id), "its timer is armed");
    }

    [Test]
    public async Task Should_leave_a_saga_alone_that_is_paused()
    {
        var id = await Waiting();
        (await system.Api.Operate(id, "pause", new { by = "alice", reason = "The warehouse moves." })).Status.ShouldBe(200);
        await system.RunTwice();
        (await system.Findings()).ShouldNotContain(finding => finding.Word("subject") == id.ToString());
        (await system.Sandbox.Query<bool>($"select wake_at is null from orchestrator.saga where id = '{id}'")).ShouldBeTrue();
    }

    [Test]
    public async Task Should_have_a_lost_command_sent_again()
    {
        await system.StopParticipant(Inventory);
        var id = await system.Api.StartSaga(Order.Of());
        await system.Sandbox.WaitFor(Inventory);
        await system.Sandbox.Peek(Inventory, take: true);
        await system.StartParticipant(Inventory);
        await PlantOverdue(id);
        // Under load there is always a group of messages that has just been written. The command is in none of these.
        await system.Sandbox.Execute(
            "insert into orchestrator.outbox_group (id, messages, message_count, created_at) "
                + "values (gen_random_uuid(), '[]', 0, now() + interval '1 hour')"
        );
        var found = await system.Found("command-lost", id.ToString(), "Repaired");
        found.Word("step").ShouldBe("reserve_inventory");
        await system.Api.WaitForStep(id, "create_shipment", "Reply");
        (await system.Api.HistoryTypes(id)).ShouldContain("operator_rearmed");
        (await system.Api.HistoryTypes(id)).ShouldContain("step_retried", "it went out as every retry does");
    }

    [Test]
    public async Task Should_leave_what_a_node_repairs_that_knows_its_plan()
    {
        var id = await Waiting();
        await PlantInDocument(id, "'{steps,2,dueAt}', 'null'");
        await system.Found("wait-without-timer", id.ToString(), "Repaired");
        var other = await Waiting();
        await system.Sandbox.Execute($"update orchestrator.saga set plan_version = 99 where id = '{other}'");
        await PlantInDocument(other, "'{steps,2,dueAt}', 'null'");
        await system.Found("wait-without-timer", other.ToString(), "Standing");
    }

    [Test]
    public async Task Should_repair_the_others_when_one_cannot_be_repaired()
    {
        var (stuck, other) = (await Waiting(), await Waiting());
        await system.Sandbox.Execute(
            $"""
            update orchestrator.saga set wake_at = null, wake_for = null, wake_check_at = null where id in ('{stuck}', '{other}');
            create function orchestrator.refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
            create trigger refuse before update on orchestrator.saga for each row when (old.id = '{stuck}')
                execute function orchestrator.refuse();
            """
        );
        await system.Found("timer-missing", other.ToString(), "Repaired");
        await system.Found("timer-missing", stuck.ToString(), "Standing");
        await system.Sandbox.Execute("drop trigger refuse on orchestrator.saga; drop function orchestrator.refuse()");
        await system.Found("timer-missing", stuck.ToString(), "Repaired");
    }

    // Nothing is answered to it: shipping is away.
    private async Task<Guid> Waiting()
    {
        var id = await system.Api.StartSaga(Order.Of());
        await system.Api.WaitForStep(id, "create_shipment", "Reply");
        return id;
    }

    // As if the command had been lost while the participant was there, and then what its timer had sent.
    private Task PlantOverdue(Guid id) =>
        system.Sandbox.Execute(
            $$"""
            update orchestrator.saga
            set progress = jsonb_set(jsonb_set(progress::jsonb, '{steps,0,absence}', 'null'), '{steps,0,dueAt}',
                    to_jsonb(now() - interval '2 minutes'))::json,
                wake_at = now() - interval '2 minutes',
                wake_for = concat('reserve_inventory/do/', progress#>>'{steps,0,attempt}', '/reply'),
                wake_check_at = now() + interval '50 seconds', version = version + 1
            where id = '{{id}}'
            """
        );

    private Task PlantInDocument(Guid id, string change) =>
        system.Sandbox.Execute(
            $"update orchestrator.saga set progress = jsonb_set(progress::jsonb, {change})::json, version = version + 1 where id = '{id}'"
        );

    private Task<bool> Armed(Guid id) =>
        system.Sandbox.Query<bool>(
            "select wake_at is not null and wake_check_at <= greatest(wake_at, now() + interval '1 minute') and wake_for like "
                + $"'create_shipment/do/%' from orchestrator.saga where id = '{id}'"
        );
}
