using SagaOrchestrator.Runner.Orders;
using SagaOrchestrator.Tests.Recovery;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Samples;

/// <summary>Payments in Node.js, by plain JSON, and shipping in Python, by CloudEvents, take part as our own services do.</summary>
public sealed class When_participants_are_in_other_languages
{
    private const int Orders = 60;

    private readonly string log = Path.GetTempFileName();
    private ServiceProcess? payments;
    private ServiceProcess? shipping;

    [OneTimeSetUp]
    public static Task Install() => NodePackages.Install();

    [TearDown]
    public void End()
    {
        payments?.Dispose();
        shipping?.Dispose();
    }

    [Test]
    [Property("Rule", "S8")]
    [Property("Rule", "S24")]
    public async Task Should_end_every_saga_with_each_effect_once_although_both_are_killed()
    {
        await using var system = await KilledSystem.StartWith(
            ["inventory", "notifications"],
            ("Participants__payments__Format", "json"),
            ("Participants__shipping__Format", "cloudevents")
        );
        StartBoth(system.Sandbox);
        var pushing = system.Pusher.Push(Enumerable.Range(0, Orders).Select(Line), _ => { }, CancellationToken.None);
        foreach (var ended in new[] { 8, 30 })
        {
            await system.Ended(ended);
            Kill(payments!);
            Kill(shipping!);
            StartBoth(system.Sandbox);
        }

        await pushing;
        await system.Ended(Orders);
        (await system.Check()).ShouldAllBe(check => check.Holds);
        await ShouldHoldTheMoneyOfCompletedOrders(system);
        await ShouldShipCompletedOrders(system);
        (await payments!.Terminate(), await shipping!.Terminate()).ShouldBe((0, 0));
    }

    // Good ones, small and large, and ones that payments or shipping reject, or whose outcome is unknown for a while.
    private static OrderLine Line(int number)
    {
        var order = (number % 10) switch
        {
            2 => Order.Of(product: "p1", quantity: 121, unitPrice: 1),
            4 => Order.Of(product: "p2", quantity: 2, unitPrice: 2501),
            6 => Order.Of(product: "p3", token: "tok_flaky"),
            7 => Order.Of(product: "p4", street: null),
            8 => Order.Of(product: "p4", token: "tok_declined"),
            9 when number < 40 => Order.Of(product: "p1", quantity: 70, unitPrice: 1),
            _ => Order.Of(product: "p5"),
        };
        return new OrderLine("orders", number, order.ToJsonString(), Problem: null);
    }

    private static async Task ShouldHoldTheMoneyOfCompletedOrders(KilledSystem system) =>
        (
            await system.Query<decimal>(
                "select coalesce(sum(case kind when 'charge' then amount else -amount end), 0) from node_payments.ledger_entry"
            )
        ).ShouldBe(
            await system.Query<decimal>(
                "select coalesce(sum((data->>'total')::numeric), 0) from orchestrator.saga where state = 'Completed'"
            )
        );

    private static async Task ShouldShipCompletedOrders(KilledSystem system)
    {
        (await system.Query<long>("select count(*) from python_shipping.shipment where cancelled_at is null")).ShouldBe(
            await system.Query<long>("select count(*) from orchestrator.saga where state = 'Completed'")
        );
        (await system.Query<long>("select count(*) from python_shipping.booking")).ShouldBe(0);
        // What a kill left there goes out a moment later.
        await Eventually.True(
            async () =>
                await system.Query<long>(
                    "select (select count(*) from node_payments.outbox) + (select count(*) from python_shipping.outbox)"
                ) == 0,
            "their outboxes are empty"
        );
    }

    private static void Kill(ServiceProcess process)
    {
        process.Kill();
        process.Dispose();
    }

    private void StartBoth(Sandbox sandbox)
    {
        payments = ServiceProcess.Sample(sandbox, log + ".payments", "node", "node-payments/main.js");
        shipping = ServiceProcess.Sample(sandbox, log + ".shipping", "/usr/bin/python3", "python-shipping/main.py");
    }
}
