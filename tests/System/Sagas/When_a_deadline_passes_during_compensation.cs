using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Sagas;

public sealed class When_a_deadline_passes_during_compensation
{
    [Test]
    [Property("Rule", "S16")]
    public async Task Should_go_on_undoing_and_keep_the_reason_why()
    {
        await using var system = await RunningSystem.Start(settings =>
        {
            settings["BusinessOrders:StepTimeout"] = "00:00:01";
            settings["BusinessOrders:ApprovalWithin"] = "00:00:02";
            settings["BusinessOrders:GivesUpAfter"] = "00:00:04";
        });
        var id = await system.Api.StartSaga(Order.Business(unitPrice: 600, product: "p3"), "business-order");
        await system.Api.WaitForStep(id, "await_approval", "Signal");

        // The participant's memory of the step is locked, so that its compensation is not answered.
        await using var database = system.Sandbox.Database();
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (
            var hold = new Npgsql.NpgsqlCommand($"select 1 from shipping.fence where saga_id = '{id}' for update", connection, transaction)
        )
        {
            await hold.ExecuteScalarAsync();
        }

        await Eventually.True(async () => (await system.Api.HistoryTypes(id)).Contains("deadline_passed"), "the deadline passes");
        (await system.Api.GetSaga(id)).GetProperty("state").GetString().ShouldBe("Compensating");
        await transaction.RollbackAsync();

        var saga = await system.Api.WaitFor(id, "Failed");
        saga.GetProperty("forwardError").GetProperty("code").GetString().ShouldBe("timeout");
        saga.GetProperty("forwardError").GetProperty("step").GetString().ShouldBe("await_approval");
        saga.GetProperty("compensated").Strings().ShouldBe(["create_shipment", "reserve_inventory"]);
    }
}
