using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

/// <summary>What goes wrong in the incidents, on a system of real servers.</summary>
internal static class Provoked
{
    public const int Refunds = 50;

    /// <summary>A refund is tried twice, so that it is parked soon.</summary>
    public static void FewRefunds(Dictionary<string, string> settings)
    {
        settings["OrderFulfillment:CompensationAttempts"] = "2";
        settings["OrderFulfillment:FirstRetryDelay"] = "00:00:00.200";
    }

    /// <summary>A participant is stopped, and three orders wait for it.</summary>
    public static async Task<Guid[]> Absence(RunningSystem system, string participant)
    {
        await system.StopParticipant(participant);
        return await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => system.Api.StartSaga(Order.Of())));
    }

    /// <summary>A message that payments cannot read.</summary>
    public static Task Poison(RunningSystem system) =>
        system.Sandbox.Publish("payments", """{"messageId": "order-4711", "messageType": [], "message": {}}""");

    /// <summary>Twenty orders whose card is declined.</summary>
    public static Task Declines(RunningSystem system) =>
        Task.WhenAll(Enumerable.Range(0, 20).Select(_ => system.Api.Run(Order.Of(token: "tok_declined"), "Failed")));

    /// <summary>Fifty orders that cannot be shipped, and whose refund the gateway refuses.</summary>
    public static Task StuckRefunds(RunningSystem system) =>
        Task.WhenAll(
            Enumerable
                .Range(0, Refunds)
                .Select(_ => system.Api.Run(Order.Of(quantity: 1, unitPrice: 1, token: "tok_norefund", street: null), "Parked"))
        );

    /// <summary>The gateway takes the refunds.</summary>
    public static Task MendGateway(RunningSystem system) =>
        system.Sandbox.Execute("update payments.gateway_charge set token = 'tok_visa' where token = 'tok_norefund'");

    /// <summary>Three trips.</summary>
    public static Task<Guid[]> Trips(RunningSystem system) =>
        Task.WhenAll(Enumerable.Range(1, 3).Select(number => system.Api.StartSaga(new JsonObject { ["key"] = $"T-{number}" }, "trip")));

    /// <summary>A paid order that waits for shipping, which is away.</summary>
    public static async Task<Guid> OrderWithoutShipping(RunningSystem system, string key)
    {
        await system.StopParticipant("shipping");
        var id = await system.Api.StartSaga(Order.Of(id: key));
        await IsListed(system, id);
        return id;
    }

    /// <summary>A company's order that bob has cancelled while it waited for its approval.</summary>
    public static async Task<Guid> Cancelled(RunningSystem system, string key)
    {
        var order = Order.Business(unitPrice: 600);
        order["orderId"] = key;
        var id = await system.Api.StartSaga(order, "business-order");
        await system.Api.WaitForStep(id, "await_approval", "Signal");
        await system.Api.Operate(id, "cancel", new { by = "bob", reason = "The customer called." });
        await system.Api.WaitFor(id, "Failed");
        await IsListed(system, id);
        return id;
    }

    // Whoever looks for it by its key alone looks into a list, and it is there about a second after its start.
    private static Task IsListed(RunningSystem system, Guid id) =>
        Eventually.True(
            async () => (await system.Api.GetStringAsync("/api/v1/sagas?limit=500")).Contains(id.ToString(), StringComparison.Ordinal),
            $"saga {id} is listed"
        );
}
