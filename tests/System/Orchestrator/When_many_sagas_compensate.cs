using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

public sealed class When_many_sagas_compensate
{
    [Test]
    [Property("Rule", "S36")]
    public async Task Should_let_the_second_wait_for_its_turn()
    {
        await using var system = await RunningSystem.Start(settings => settings["Compensation:InFlightPerParticipant"] = "1");
        var first = await system.Api.StartSaga(Order.Business(unitPrice: 600, product: "p4"), "business-order");
        await system.Api.WaitForStep(first, "await_approval", "Signal");

        // The first one's goods cannot be released while their row is held.
        await using var database = system.Sandbox.Database();
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (
            var hold = new Npgsql.NpgsqlCommand(
                "select 1 from inventory.product where product_id = 'p4' for update",
                connection,
                transaction
            )
        )
        {
            await hold.ExecuteScalarAsync();
        }

        await system.Api.Operate(first, "cancel", new { by = "test", reason = "To compensate." });
        await system.Api.WaitForStep(first, "reserve_inventory", "Reply");

        var second = await system.Api.StartSaga(Order.Of(product: "p5", token: "tok_declined"));
        await Eventually.True(
            async () => (await system.Api.HistoryTypes(second)).Contains("compensation_queued"),
            "the second one waits for its turn"
        );
        (await system.Api.HistoryTypes(second)).ShouldNotContain("compensation_started");

        await transaction.RollbackAsync();
        await system.Api.WaitFor(first, "Failed");
        (await system.Api.WaitFor(second, "Failed")).GetProperty("compensated").Strings().ShouldBe(["reserve_inventory"]);
    }
}
