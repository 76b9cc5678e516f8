using System.Net.Http.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>The queue is the truth, and somebody was there before.</summary>
public sealed class When_a_dead_letter_was_taken_in_the_console
{
    [Test]
    public async Task Should_be_gone_until_it_is_found_again()
    {
        await using var system = await RunningSystem.Start();
        var id = (await system.Spoil("inventory", "{ 1"))[0];
        var taken = (await system.Sandbox.Peek("inventory.dead-letter", take: true)).Single();

        var (status, problem) = await system.Api.ActOn(id, "redrive");

        status.ShouldBe(409);
        problem.Text("type").ShouldBe("/problems/dead-letter-gone");
        (await system.Api.Outcomes(id)).ShouldBe(["asked", "gone"]);
        (await system.Api.Letters()).ShouldBeEmpty();
        (await system.Api.Letters("state=gone")).Single().Id().ShouldBe(id);

        // Put back to where it was, past the exchange.
        (
            await system.Sandbox.Console.PostAsJsonAsync(
                $"/api/exchanges/{system.Sandbox.Name}/amq.default/publish",
                new
                {
                    properties = new { headers = taken.Headers },
                    routing_key = "inventory.dead-letter",
                    payload = taken.Payload,
                    payload_encoding = "string",
                }
            )
        ).EnsureSuccessStatusCode();
        (await system.Api.ActOn(id, "discard")).Status.ShouldBe(200);
        (await system.Sandbox.Peek("inventory.dead-letter")).ShouldBeEmpty();
        (await system.Api.Letters("state=discarded")).Single().Id().ShouldBe(id);
    }
}
