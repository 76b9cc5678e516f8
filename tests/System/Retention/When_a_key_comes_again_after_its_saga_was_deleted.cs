using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Messaging.Postgres.Retention;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Retention;

/// <summary>
/// The saga is forgotten, the participants are not forgetful yet: the same order ends as it did, and nothing happens for it.
/// </summary>
public sealed class When_a_key_comes_again_after_its_saga_was_deleted
{
    [Test]
    [Property("Rule", "S29")]
    [Property("Rule", "S31")]
    public async Task Should_complete_with_the_effects_that_are_there()
    {
        await using var system = await RunningSystem.Start();
        var order = Order.Of();
        var before = await system.Api.Run(order.DeepClone(), "Completed");

        var again = await RunAgain(system, order, before, "Completed");

        again
            .Step("create_shipment")
            .GetProperty("result")
            .GetRawText()
            .ShouldBe(before.Step("create_shipment").GetProperty("result").GetRawText());
        (await Count(system, "inventory.reservation")).ShouldBe(1);
        (await Count(system, "payments.ledger_entry")).ShouldBe(1);
        (await Count(system, "shipping.shipment")).ShouldBe(1);
        (await Count(system, "notifications.notification")).ShouldBe(1);
    }

    [Test]
    [Property("Rule", "S8")]
    [Property("Rule", "S29")]
    public async Task Should_fail_again_when_it_had_failed()
    {
        await using var system = await RunningSystem.Start();
        var order = Order.Of(street: null);
        var before = await system.Api.Run(order.DeepClone(), "Failed");

        var again = await RunAgain(system, order, before, "Failed");

        again.GetProperty("forwardError").GetProperty("code").GetString().ShouldBe("fenced");
        (await Count(system, "payments.ledger_entry")).ShouldBe(2, "one charge and one refund, both of the first time");
    }

    private static async Task<JsonElement> RunAgain(RunningSystem system, JsonObject order, JsonElement before, string state)
    {
        var id = before.GetProperty("id").GetGuid();
        await system.Sandbox.Execute($"update orchestrator.saga set ended_at = now() - interval '91 days' where id = '{id}'");
        await system.Orchestrator.GetRequiredService<CleanUp>().Run(CancellationToken.None);
        (await system.Sandbox.Query<long>($"select count(*) from orchestrator.saga where id = '{id}'")).ShouldBe(0);
        foreach (var service in new[] { "orchestrator", "inventory", "payments", "shipping", "notifications" })
        {
            await system.Sandbox.Execute($"delete from {service}.inbox");
        }

        return await system.Api.Run(order, state);
    }

    private static Task<long> Count(RunningSystem system, string table) => system.Sandbox.Query<long>($"select count(*) from {table}");
}
