using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>What its buttons do, over the API behind it.</summary>
public sealed class When_an_operator_uses_the_console
{
    [Test]
    public async Task Should_go_on_when_a_dead_letter_is_moved_back_after_its_cause_was_mended()
    {
        await using var system = await RunningSystem.Start();
        var sandbox = system.Sandbox;
        var id = await system.Api.StartSaga(Order.Business(unitPrice: 600), "business-order");
        await system.Api.WaitForStep(id, "await_approval", "Signal");
        var progress = await sandbox.Query<string>($"select progress::text from orchestrator.saga where id = '{id}'");
        await sandbox.Execute($$"""update orchestrator.saga set progress = '{"steps": 7}', version = version + 1 where id = '{{id}}'""");
        await sandbox.Publish(
            "orchestrator",
            Envelope.Of(
                "SagaOrchestrator.Messages:SagaSignal",
                new JsonObject
                {
                    ["sagaId"] = id.ToString(),
                    ["name"] = "approval",
                    ["signalId"] = Guid.NewGuid().ToString(),
                    ["data"] = new JsonObject { ["by"] = "Ann" },
                }
            )
        );
        await sandbox.WaitFor("orchestrator.dead-letter");

        await sandbox.Execute(
            $"update orchestrator.saga set progress = '{progress.Replace("'", "''", StringComparison.Ordinal)}', version = version + 1 "
                + $"where id = '{id}'"
        );
        await Move(sandbox, "orchestrator.dead-letter", "orchestrator");

        await system.Api.WaitFor(id, "Completed");
        await Eventually.True(async () => (await sandbox.Peek("orchestrator.dead-letter")).Count == 0, "the dead-letter queue is empty");
    }

    [Test]
    public async Task Should_keep_a_dead_letter_that_is_only_looked_at_and_drop_it_on_a_purge()
    {
        await using var system = await RunningSystem.Start();
        await system.Sandbox.Publish("inventory", "{ this is not JSON");
        await system.Sandbox.WaitFor("inventory.dead-letter");
        for (var look = 0; look < 40; look++)
        {
            (await system.Sandbox.Peek("inventory.dead-letter")).Single().Headers["dead-letter-reason"].ShouldBe("malformed");
        }

        (await system.Sandbox.Console.DeleteAsync($"/api/queues/{system.Sandbox.Name}/inventory.dead-letter/contents")).StatusCode.ShouldBe(
            HttpStatusCode.NoContent
        );

        (await system.Sandbox.Peek("inventory.dead-letter")).ShouldBeEmpty();
        await system.Api.Run(Order.Of(), "Completed");
    }

    /// <summary>The button "Move messages" of a queue's page.</summary>
    private static async Task Move(Sandbox sandbox, string source, string destination)
    {
        var answer = await sandbox.Console.PutAsJsonAsync(
            $"/api/parameters/shovel/{sandbox.Name}/Move%20from%20{source}",
            new
            {
                component = "shovel",
                vhost = sandbox.Name,
                name = $"Move from {source}",
                value = new Dictionary<string, object>
                {
                    ["src-uri"] = $"amqp:///{sandbox.Name}",
                    ["src-queue"] = source,
                    ["src-protocol"] = "amqp091",
                    ["src-prefetch-count"] = 1000,
                    ["src-delete-after"] = "queue-length",
                    ["dest-protocol"] = "amqp091",
                    ["dest-uri"] = $"amqp:///{sandbox.Name}",
                    ["dest-queue"] = destination,
                    ["dest-add-forward-headers"] = false,
                    ["ack-mode"] = "on-confirm",
                },
            }
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
