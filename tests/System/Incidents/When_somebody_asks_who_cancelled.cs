using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

public sealed class When_somebody_asks_who_cancelled
{
    private const string Incident = "Who cancelled this, and why?";

    [Test]
    public async Task Should_be_answered_as_the_page_says()
    {
        await using var system = await RunningSystem.Start();
        var walk = new Walk(Incident, system.Api);
        var order = Order.Business(unitPrice: 600);
        order["orderId"] = "10249";
        var id = await system.Api.StartSaga(order, "business-order");
        await system.Api.WaitForStep(id, "await_approval", "Signal");
        await system.Api.Operate(id, "cancel", new { by = "bob", reason = "The customer called." });
        await walk.Type();
        walk.Set("ID", id.ToString());
        await walk.Type();
        walk.ShouldBeThrough();
    }
}
