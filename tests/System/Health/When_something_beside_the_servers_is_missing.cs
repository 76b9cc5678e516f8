using System.Net;
using System.Net.Http.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Health;

public sealed class When_something_beside_the_servers_is_missing
{
    [Test]
    [Property("Rule", "S38")]
    public Task Should_name_a_participant_whose_queue_nobody_reads() =>
        WatchedSystem.Tells(
            "participant-shipping",
            HttpStatusCode.OK,
            "'shipping' is not there. Its queue has no consumer. Its steps and compensations wait, and spend no attempt.",
            system => system.StopParticipant("shipping"),
            system => system.StartParticipant("shipping")
        );

    [Test]
    public Task Should_notice_that_its_exchange_has_lost_its_binding() =>
        WatchedSystem.Tells(
            "queue",
            HttpStatusCode.OK,
            "the exchange has lost its binding",
            LoseBinding,
            async system =>
            {
                await system.Sandbox.Bind("to.orchestrator", "orchestrator");
                await Empty(system, "unrouted");
            }
        );

    [Test]
    public Task Should_notice_that_its_exchange_was_declared_anew_with_another_type() =>
        WatchedSystem.Tells(
            "queue",
            HttpStatusCode.OK,
            "lost its binding, or is of another type",
            system => Declare(system, "direct"),
            async system =>
            {
                await Declare(system, "fanout");
                await system.Sandbox.Bind("to.orchestrator", "orchestrator");
                await Empty(system, "unrouted");
            }
        );

    [Test]
    public Task Should_say_that_messages_found_no_queue() =>
        WatchedSystem.Tells(
            "unrouted",
            HttpStatusCode.OK,
            "found no queue and lie in 'unrouted'",
            system => system.Sandbox.Publish("unrouted", "lost?"),
            system => Empty(system, "unrouted")
        );

    [Test]
    public Task Should_say_that_timers_are_late() =>
        WatchedSystem.Tells(
            "timers",
            HttpStatusCode.OK,
            "timers are due and not fired, the oldest for",
            system =>
                system.Sandbox.Execute(
                    """
                    insert into orchestrator.saga (id, type, plan_version, business_key, state, data, data_hash, progress, results,
                        wake_at, wake_check_at, wake_for, version, history_version, started_at, updated_at)
                    values (gen_random_uuid(), 'unknown-here', 1, 'k', 'Pending', '{}', '', '{}', '{}',
                        now() - interval '1 minute', now() - interval '1 minute', 'step/do/1/reply', 1, 1, now(), now())
                    """
                ),
            system => system.Sandbox.Execute("delete from orchestrator.saga where type = 'unknown-here'")
        );

    [Test]
    public Task Should_say_that_messages_stay_in_the_outbox() =>
        WatchedSystem.Tells(
            "outbox",
            HttpStatusCode.OK,
            "messages are committed and not sent, the oldest for",
            system =>
                system.Sandbox.Execute(
                    """
                    insert into orchestrator.outbox (message_id, destination, content_type, headers, body, created_at, next_attempt_at)
                    values ('00000000-0000-0000-0000-00000000000a', 'to.shipping', 'text/plain', '{}', '', now() - interval '1 minute',
                        now() + interval '1 hour')
                    """
                ),
            system => system.Sandbox.Execute("delete from orchestrator.outbox where message_id = '00000000-0000-0000-0000-00000000000a'")
        );

    // A bus that connects anew binds anew, so only what arrives in 'unrouted' shows that the binding is gone.
    private static Task LoseBinding(RunningSystem system) =>
        Eventually.True(
            async () =>
            {
                await system.Sandbox.TryUnbind("to.orchestrator", "orchestrator");
                return await system.Sandbox.Count("unrouted") > 0;
            },
            "messages find no queue"
        );

    private static async Task Empty(RunningSystem system, string queue) =>
        (await system.Sandbox.Console.DeleteAsync($"/api/queues/{system.Sandbox.Name}/{queue}/contents")).EnsureSuccessStatusCode();

    private static async Task Declare(RunningSystem system, string type)
    {
        var exchange = $"/api/exchanges/{system.Sandbox.Name}/to.orchestrator";
        (await system.Sandbox.Console.DeleteAsync(exchange)).EnsureSuccessStatusCode();
        (await system.Sandbox.Console.PutAsJsonAsync(exchange, new { type, durable = true })).EnsureSuccessStatusCode();
    }
}
