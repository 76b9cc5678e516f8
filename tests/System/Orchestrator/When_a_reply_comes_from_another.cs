using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

/// <summary>The broker refuses a message that names another user than the connection's, so the name can be relied upon.</summary>
public sealed class When_a_reply_comes_from_another
{
    private const string Step = "reserve_inventory";

    [Test]
    [Property("Rule", "S37")]
    public async Task Should_be_dead_lettered_as_forged_by_whoever_was_not_sent_the_command()
    {
        var system = await SharedSystem.Get();
        var id = await Waiting(system);
        foreach (var user in new[] { "payments", "shipping", "notifications", "client" })
        {
            await system.Sandbox.PublishAs(user, "orchestrator", Reply(id, Step, await system.Sandbox.CommandId(id, Step)));
            (await Forged(system, id, $"came from '{user}'")).Headers["sent-by"].ShouldBe(user);
        }

        await ShouldGoOn(system, id);
    }

    [Test]
    [Property("Rule", "S37")]
    public async Task Should_be_dead_lettered_as_forged_when_its_sender_guesses_the_command_id()
    {
        var system = await SharedSystem.Get();
        var id = await Waiting(system);
        await system.Sandbox.Publish("orchestrator", Reply(id, Step, SagaIds.OfCommand(id, Step, Direction.Do)));
        (await Forged(system, id, "command id is not the one that was sent")).Headers["dead-letter-message"].ShouldContain("find out who");
        await Eventually.True(
            async () =>
                (await system.Api.GetFromJsonAsync<JsonElement>("/api/v1/alarms"))
                    .GetProperty("items")
                    .EnumerateArray()
                    .Any(alarm => alarm.GetProperty("subject").GetString() == "orchestrator/forged"),
            "there is an alarm"
        );
        await ShouldGoOn(system, id);
    }

    [Test]
    [Property("Rule", "S37")]
    public async Task Should_be_dead_lettered_as_forged_without_a_name()
    {
        var system = await SharedSystem.Get();
        var id = await Waiting(system);
        await system.Sandbox.Publish("orchestrator", Reply(id, Step, await system.Sandbox.CommandId(id, Step)));
        await Forged(system, id, "no user id");
        await ShouldGoOn(system, id);
    }

    [Test]
    [Property("Rule", "S37")]
    public async Task Should_be_known_by_its_command_id_alone_where_names_are_not_required()
    {
        await using var system = await RunningSystem.Start(settings => settings["Origin:Required"] = "false");
        var id = await Waiting(system);
        await system.Sandbox.Publish("orchestrator", Reply(id, Step, Guid.NewGuid()));
        await Forged(system, id, "command id is not the one that was sent");
        await system.Sandbox.Publish("orchestrator", Reply(id, Step, await system.Sandbox.CommandId(id, Step)));
        await Eventually.True(async () => (await system.Api.HistoryTypes(id)).Contains("reply_ignored"), "the duplicate is heard");
    }

    [Test]
    [Property("Rule", "S12")]
    public async Task Should_dead_letter_an_orphan_that_names_its_sender_with_its_reason()
    {
        var system = await SharedSystem.Get();
        var nobody = Guid.NewGuid();
        await system.Sandbox.PublishAs("notifications", "orchestrator", Reply(nobody, Step, Guid.NewGuid()));
        await Eventually.True(
            async () =>
                (await system.Sandbox.Peek("orchestrator.dead-letter")).Any(message =>
                    message.Payload.Contains(nobody.ToString()) && message.Headers.GetValueOrDefault("dead-letter-reason") == "orphan"
                ),
            "the orphan is dead-lettered with its reason"
        );
    }

    private static async Task<Guid> Waiting(RunningSystem system)
    {
        var id = await system.Api.StartSaga(Order.Business(unitPrice: 600), "business-order");
        await system.Api.WaitForStep(id, "await_approval", "Signal");
        return id;
    }

    private static async Task ShouldGoOn(RunningSystem system, Guid id)
    {
        (await system.Api.HistoryTypes(id)).ShouldNotContain("reply_ignored");
        (await system.Api.GetSaga(id)).GetProperty("state").GetString().ShouldBe("Pending");
        await system.Api.Operate(id, "cancel", new { by = "test", reason = "The test is over." });
        await system.Api.WaitFor(id, "Failed");
    }

    private static async Task<BrokerMessage> Forged(RunningSystem system, Guid id, string why)
    {
        BrokerMessage? found = null;
        await Eventually.True(
            async () =>
                (
                    found = (await system.Sandbox.Peek("orchestrator.dead-letter")).FirstOrDefault(letter =>
                        letter.Payload.Contains(id.ToString())
                        && letter.Headers.GetValueOrDefault("dead-letter-reason") == "forged"
                        && letter.Headers["dead-letter-message"].Contains(why)
                    )
                )
                    is not null,
            $"a letter says {why}"
        );
        return found!;
    }

    private static string Reply(Guid sagaId, string step, Guid commandId) =>
        Envelope.Of(
            "SagaOrchestrator.Messages:SagaStepCompleted",
            new JsonObject
            {
                ["sagaId"] = sagaId.ToString(),
                ["step"] = step,
                ["attempt"] = 1,
                ["commandId"] = commandId.ToString(),
                ["result"] = new JsonObject { ["reservationId"] = "R-1", ["units"] = 1 },
            }
        );
}
