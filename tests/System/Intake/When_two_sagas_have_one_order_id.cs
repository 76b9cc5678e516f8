using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Intake;

/// <summary>Effects belong to a saga. Two kinds of order may have the same id.</summary>
public sealed class When_two_sagas_have_one_order_id
{
    [Test]
    [Property("Rule", "S24")]
    public async Task Should_complete_both()
    {
        var system = await SharedSystem.Get();
        var order = Order.Of();
        var business = Order.Business();
        business["orderId"] = order["orderId"]!.GetValue<string>();
        var first = await system.Api.StartSaga(order);
        var second = await system.Api.StartSaga(business, "business-order");
        first.ShouldNotBe(second);
        var shipments = new[]
        {
            await system.Api.WaitFor(first, "Completed", "Failed"),
            await system.Api.WaitFor(second, "Completed", "Failed"),
        }.Select(saga => saga.Step("create_shipment").GetProperty("result").GetProperty("shipmentId").GetString());
        shipments.Distinct().Count().ShouldBe(2);
    }
}
