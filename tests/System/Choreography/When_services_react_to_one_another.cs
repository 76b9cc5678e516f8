using System.Text.Json.Nodes;
using SagaOrchestrator.Runner.Orders;
using SagaOrchestrator.Tests.Recovery;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Choreography;

/// <summary>The orders of the example, without an orchestrator.</summary>
[Property("Rule", "S24")]
[Property("Rule", "S25")]
public sealed class When_services_react_to_one_another
{
    private const int Orders = 60;

    private static readonly (string, int)[] Stock = [("p1", 300), ("p2", 300), ("p3", 300), ("p4", 300), ("p5", 300)];

    [Test]
    public async Task Should_have_each_effect_once_although_the_process_is_killed()
    {
        await using var services = await EventServices.Start(Stock);
        JsonObject[] orders = [.. Enumerable.Range(0, Orders).Select(number => Kind(number, "tok_timeout"))];
        await services.Place(orders);
        foreach (var ended in new[] { 5, 25 })
        {
            await services.Ended(ended);
            services.KillAndBegin();
        }

        // Each order once more, under another message id; then every event once more, too.
        await services.Place(orders);
        var check = await services.Check(orders.Length);
        check.Status.ShouldBe(0, check.Output);
        var handled = await services.Handled();
        var redriven = await services.RedriveAll();
        redriven.ShouldBeGreaterThan(3 * Orders);
        await Eventually.Get(services.Handled, now => now >= handled + redriven, "each copy is handled");
        check = await services.Check(orders.Length);
        TestContext.Out.WriteLine(check.Output);
        check.Status.ShouldBe(0, check.Output);
        (await services.Sandbox.Query<long>("select count(*) from choreo_orders.customer_order")).ShouldBe(Orders);
    }

    [Test]
    public async Task Should_end_each_order_as_the_orchestrator_does()
    {
        JsonObject[] orders = [.. Enumerable.Range(0, 24).Select(number => Kind(number, "tok_answers_later"))];
        await using var services = await EventServices.Start(Stock);
        await services.Place(orders);
        (await services.Check(orders.Length)).Status.ShouldBe(0);
        await using var system = await KilledSystem.Start();
        await system.Pusher.Push(
            orders.Select((order, number) => new OrderLine("orders", number, order.ToJsonString(), Problem: null)),
            _ => { },
            CancellationToken.None
        );
        await system.Ended(orders.Length);
        var orchestrated = await system.Query<string>(
            """
            select string_agg(concat_ws(' ', business_key, lower(state), progress->'forwardFailure'->>'code',
                progress->'forwardFailure'->>'reason'), e'\n' order by business_key)
            from orchestrator.saga
            """
        );
        var choreographed = await services.Sandbox.Query<string>(
            """
            select string_agg(concat_ws(' ', order_id, state, code, reason), e'\n' order by order_id) from choreo_orders.customer_order
            """
        );
        choreographed.ShouldBe(orchestrated);
    }

    [Test]
    public async Task Should_leave_what_nobody_can_handle_among_the_dead_letters()
    {
        await using var services = await EventServices.Start(Stock);
        var conflicting = Order.Of(product: "p5");
        var other = conflicting.DeepClone().AsObject();
        other["customerId"] = "somebody-else";
        var wrongTotal = Order.Of(product: "p5");
        wrongTotal["total"] = "1.00";
        var notRefundable = Order.Of(product: "p3", token: "tok_norefund", street: null);
        await services.Place([conflicting, notRefundable]);
        await services.Ended(1);
        await services.Place([other, wrongTotal, new JsonObject { ["orderId"] = "half an order" }]);

        var letters = await Eventually.Get(() => services.Sandbox.Peek("choreo_orders.dead-letter"), all => all.Count == 3, "dead letters");
        letters.Select(letter => letter.Headers["dead-letter-reason"]).ShouldBe(["conflict", "invalid", "malformed"], ignoreOrder: true);
        var refused = await Eventually.Get(
            () => services.Sandbox.Peek("choreo_payments.dead-letter", take: true),
            all => all.Count == 1,
            "the refund that is refused"
        );
        refused[0].Headers["dead-letter-reason"].ShouldBe("refund-refused");
        // Nobody parks it: stock and money stay where they are, and the order is neither completed nor failed.
        (await services.Check(orders: 2, deadLetters: 3, patience: 1)).Status.ShouldBe(1);

        await services.Sandbox.Execute("update choreo_payments.gateway_charge set token = 'tok_visa' where token = 'tok_norefund'");
        await services.Sandbox.Publish("choreo_payments", refused[0].Payload);
        var check = await services.Check(orders: 2, deadLetters: 3);
        check.Status.ShouldBe(0, check.Output);
    }

    // Good ones, and ones that each service rejects, or that nobody knows about for a while.
    private static JsonObject Kind(int number, string silent) =>
        (number % 12) switch
        {
            1 => Order.Of(product: "p1", quantity: 121, unitPrice: 1),
            2 => Order.Of(product: "p4", quantity: 301, unitPrice: 1),
            3 => Order.Of(product: "p2", quantity: 100, unitPrice: 51),
            4 => Order.Of(product: "p9"),
            5 => Order.Of(product: "p3", token: "tok_flaky"),
            6 => Order.Of(product: "p3", token: "tok_declined"),
            7 => Order.Of(product: "p3", token: silent),
            8 => Order.Of(product: "p3", street: null),
            9 => Order.Of(product: "p3", token: "tok_refund_later", street: null),
            _ => Order.Of(product: "p5"),
        };
}
