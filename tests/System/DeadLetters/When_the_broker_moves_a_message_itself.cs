using System.Net.Http.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>By the policy's delivery limit, a reject in the console, or expiry: it knows no reason of ours.</summary>
[Property("Rule", "S41")]
public sealed class When_the_broker_moves_a_message_itself
{
    [Test]
    public async Task Should_wait_for_the_service_and_get_our_reason_there()
    {
        await using var sandbox = await Sandbox.CreateMigrated();
        await sandbox.Publish("shipping", "rejected");
        await Get(sandbox, "reject_requeue_false");
        await sandbox.Publish("shipping", "expired", new { expiration = "1", headers = new Dictionary<string, object> { ["mine"] = "ä" } });
        await Eventually.True(async () => (await sandbox.Peek("shipping.dead-letter.incoming")).Count == 2, "both wait for the service");
        await sandbox.Publish("shipping", "too often");
        // The policy's limit, once and for all.
        await Eventually.True(async () => (await Get(sandbox, "ack_requeue_true")) == 0, "the broker gives it up");

        await using var system = await RunningSystem.Start(sandbox: sandbox);

        var letters = await sandbox.WaitFor("shipping.dead-letter", 3);
        letters
            .ToDictionary(letter => letter.Payload, letter => letter.Headers["dead-letter-reason"])
            .ShouldBe(
                new Dictionary<string, string>
                {
                    ["rejected"] = "rejected",
                    ["expired"] = "expired",
                    ["too often"] = "delivery-limit",
                },
                ignoreOrder: true
            );
        foreach (var letter in letters)
        {
            letter.Headers["dead-letter-from"].ShouldBe("shipping");
            letter.Headers["dead-letter-message"].ShouldContain("shipping");
            letter.Headers.Keys.ShouldContain("dead-letter-at");
        }

        letters.Single(letter => letter.Payload == "expired").Headers["mine"].ShouldBe("ä");
        (await sandbox.Peek("shipping.dead-letter.incoming")).ShouldBeEmpty();
    }

    private static async Task<int> Get(Sandbox sandbox, string mode)
    {
        var answer = await sandbox.Console.PostAsJsonAsync(
            $"/api/queues/{sandbox.Name}/shipping/get",
            new
            {
                count = 1,
                ackmode = mode,
                encoding = "auto",
            }
        );
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetArrayLength();
    }
}
