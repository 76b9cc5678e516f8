using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

public sealed class When_fifty_refunds_are_stuck
{
    private const string Incident = "Fifty refunds are stuck";

    [Test]
    public async Task Should_be_cured_as_the_page_says()
    {
        await using var system = await RunningSystem.Start(settings =>
        {
            settings["OrderFulfillment:CompensationAttempts"] = "2";
            settings["OrderFulfillment:FirstRetryDelay"] = "00:00:00.200";
        });
        var walk = new Walk(Incident, system.Api);
        await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(_ => system.Api.Run(Order.Of(quantity: 1, unitPrice: 1, token: "tok_norefund", street: null), "Parked"))
        );
        await walk.WaitForAlarm();
        await walk.Type();
        // The gateway is mended.
        await system.Sandbox.Execute("update payments.gateway_charge set token = 'tok_visa'");
        walk.Set("ID", (await walk.Type()).GetProperty("id").GetString()!);
        await walk.Type();
        walk.ShouldBeThrough();
        await walk.WaitUntilOver();
    }
}
