using System.Net.Http.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>Its copy waits for the orchestrator.</summary>
public sealed class When_a_letter_comes_while_the_orchestrator_is_away
{
    [Test]
    public async Task Should_be_listed_when_it_is_back()
    {
        await using var sandbox = await Sandbox.CreateMigrated();
        // Another team's letter: it says nothing of itself.
        await sandbox.Publish(
            "payments.dead-letter",
            "not ours",
            new { message_id = "m-1", headers = new Dictionary<string, object> { ["mine"] = 7 } }
        );
        await using var system = await RunningSystem.Start(sandbox: sandbox);

        var letter = (await system.Api.WaitForLetters(1))[0];
        letter.Text("reason").ShouldBe("unknown");
        letter.Text("messageId").ShouldBe("m-1");
        (await system.Api.Letter(letter.Id())).GetProperty("headers").GetProperty("mine").GetInt32().ShouldBe(7);
        (await system.Api.ActOn(letter.Id(), "discard")).Status.ShouldBe(200);
        (await sandbox.Peek("payments.dead-letter")).ShouldBeEmpty();
        await Eventually.True(async () => await sandbox.Count("orchestrator.dead-letter-index") == 0, "no copy is left");
    }

    [Test]
    public async Task Should_be_listed_once_its_database_is_back()
    {
        await using var system = await RunningSystem.Start();
        await system.Sandbox.Block();
        await system.Sandbox.Publish("payments.dead-letter", "not ours");
        await Eventually.True(async () => await system.Sandbox.Count("orchestrator.dead-letter-index") == 1, "its copy waits");
        await system.Sandbox.Unblock();
        await Eventually.True(async () => (await system.Api.GetAsync(DeadLetterClient.Path)).IsSuccessStatusCode, "the database is back");
        (await system.Api.WaitForLetters(1))[0].Text("queue").ShouldBe("payments");
    }

    [Test]
    public async Task Should_be_known_when_the_broker_moved_it()
    {
        await using var system = await RunningSystem.Start();
        await system.StopParticipant("shipping");
        await system.Sandbox.Publish("shipping", "rejected");
        await system.Sandbox.Console.PostAsJsonAsync(
            $"/api/queues/{system.Sandbox.Name}/shipping/get",
            new
            {
                count = 1,
                ackmode = "reject_requeue_false",
                encoding = "auto",
            }
        );
        await system.StartParticipant("shipping");
        var letter = (await system.Api.WaitForLetters(1))[0];
        letter.Text("reason").ShouldBe("rejected");
        (await system.Api.ActOn(letter.Id(), "discard")).Status.ShouldBe(200);
    }
}
