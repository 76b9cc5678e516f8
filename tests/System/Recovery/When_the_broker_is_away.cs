using System.Globalization;
using System.Net;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Recovery;

/// <summary>
/// What answers weak points 1 and 3 of MassTransit's outbox and scheduler: nothing that was accepted, and no timer, is lost with the
/// broker.
/// </summary>
internal sealed class When_the_broker_is_away
{
    [Test]
    [Property("Rule", "S28")]
    public async Task Should_accept_starts_and_begin_them_when_it_is_back()
    {
        await using var line = CutLine.To(TestServers.RabbitMqPort);
        await using var system = await Start(line);
        line.Refuse();
        await Eventually.True(
            async () => (await system.Api.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable,
            "it says that it is not ready"
        );

        var answer = await system.Api.Post(Order.Of());
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (
            await system.Sandbox.Query<long>(
                "select (select count(*) from orchestrator.outbox) + (select count(*) from orchestrator.outbox_group)"
            )
        ).ShouldBeGreaterThan(0);

        line.Mend();
        await Eventually.True(
            () => system.Sandbox.Query<bool>("select exists (select from orchestrator.saga where state = 'Completed')"),
            "the saga is completed"
        );
    }

    [Test]
    [Property("Rule", "S26")]
    public async Task Should_lose_no_timer_that_falls_due_meanwhile()
    {
        await using var line = CutLine.To(TestServers.RabbitMqPort);
        await using var system = await Start(
            line,
            ("Payments:GatewayPatience", "00:01:00"),
            ("OrderFulfillment:StepTimeout", "00:00:03"),
            ("OrderFulfillment:Attempts", "1")
        );
        var id = await system.Api.StartSaga(Order.Of(token: "tok_timeout"));
        await system.Api.WaitForStep(id, "process_payment", "Reply");
        line.Refuse();
        await Eventually.True(
            () => system.Sandbox.Query<bool>($"select wake_at < now() - interval '3 seconds' from orchestrator.saga where id = '{id}'"),
            "the timer is overdue"
        );
        (await system.Api.HistoryTypes(id)).ShouldNotContain("step_timed_out");

        line.Mend();

        await Eventually.True(async () => (await system.Api.HistoryTypes(id)).Contains("step_timed_out"), "the timer is heard");
        (await system.Api.HistoryTypes(id)).Count(type => type == "step_timed_out").ShouldBe(1);
    }

    [Test]
    [Property("Rule", "S26")]
    public async Task Should_hear_the_replies_that_wait_before_the_timers_that_are_overdue()
    {
        const int orders = 50;
        await using var line = CutLine.To(TestServers.RabbitMqPort);
        await using var system = await KilledSystem.Start(
            // Longer than all takes that comes before the line is cut.
            ("OrderFulfillment__StepTimeout", "00:02:00"),
            ("OrderFulfillment__Attempts", "1"),
            // The participants are away for longer than a breaker waits.
            ("Breakers__Automatic", "false")
        );
        system.KillOrchestrator();
        system.StartOrchestrator(("RabbitMq__Port", line.Port.ToString(CultureInfo.InvariantCulture)));
        await system.Ready();
        system.KillParticipants();
        await system.Push(orders);
        // A start that was accepted makes its first command a moment later.
        const string begun = "select count(distinct saga_id) from orchestrator.saga_history where type = 'step_started'";
        await Eventually.True(
            () => system.Query<bool>($"select ({begun}) = {orders} and {AllSent("orchestrator")}"),
            "every first command waits"
        );

        line.Refuse();
        system.StartParticipants();
        // Some may wait twice: a command that is delivered again is answered again.
        await Eventually.True(
            () => system.Query<bool>($"select (select count(distinct saga_id) from inventory.fence) = {orders} and {AllSent("inventory")}"),
            "every first reply waits"
        );
        await Eventually.True(
            () => system.Query<bool>("select count(*) = 0 from orchestrator.saga where ended_at is null and wake_at > now()"),
            "every timer is overdue"
        );
        line.Mend();

        await system.Ended(orders);
        (
            await system.Query<string>(
                """
                select coalesce(string_agg(version || ' ' || saga_id || ' ' || data, E'\n' order by saga_id, version), '')
                from orchestrator.saga_history
                where saga_id in (select saga_id from orchestrator.saga_history where type = 'step_timed_out')
                """
            )
        ).ShouldBeEmpty("no timer was heard before a reply");
        (await system.Check()).ShouldAllBe(check => check.Holds);
    }

    private static string AllSent(string schema) =>
        $"not exists (select from {schema}.outbox) and not exists (select from {schema}.outbox_group)";

    private static Task<RunningSystem> Start(CutLine line, params (string Key, string Value)[] more) =>
        RunningSystem.Start(settings =>
        {
            settings["RabbitMq:Port"] = line.Port.ToString(CultureInfo.InvariantCulture);
            foreach (var (key, value) in more)
            {
                settings[key] = value;
            }
        });
}
