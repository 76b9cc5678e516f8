using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Participants;

/// <summary>Plays the orchestrator: sends commands to the participants by hand and reads their replies.</summary>
public sealed class When_a_command_comes_twice_or_late
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        system = await RunningSystem.Start();
        await system.Sandbox.Subscribe("to.orchestrator", "replies");
    }

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    [Property("Rule", "S24")]
    public async Task Should_have_its_effect_once_when_it_is_sent_again_under_a_new_message_id()
    {
        var sagaId = Guid.NewGuid();
        await Send("inventory", "Orders.Inventory:ReserveItems", Reserve(sagaId, attempt: 1));
        await Send("inventory", "Orders.Inventory:ReserveItems", Reserve(sagaId, attempt: 2));
        var replies = await Replies(sagaId, 2);
        replies.Select(reply => reply.GetProperty("attempt").GetInt32()).Order().ShouldBe([1, 2]);
        replies.ShouldAllBe(reply => reply.GetProperty("result").GetProperty("units").GetInt32() == 3);
        (await system.Sandbox.Query<int>($"select quantity from inventory.reservation where saga_id = '{sagaId}'")).ShouldBe(3);
        (await system.Sandbox.Query<int>("select available from inventory.product where product_id = 'p10'")).ShouldBe(997);
    }

    [Test]
    public async Task Should_be_handled_once_when_it_is_delivered_again_under_the_same_message_id()
    {
        var sagaId = Guid.NewGuid();
        var payload = Envelope.Of("SagaOrchestrator.Messages.Orders.Inventory:ReserveItems", Reserve(sagaId, attempt: 1, product: "p11"));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => system.Sandbox.Publish("inventory", payload)));
        await Send("inventory", "Orders.Inventory:ReserveItems", Reserve(sagaId, attempt: 2, product: "p11"));
        var replies = await Replies(sagaId, 2);
        replies.Count.ShouldBe(2, "one for the ten deliveries of attempt 1, one for attempt 2");
    }

    [Test]
    [Property("Rule", "S7")]
    [Property("Rule", "S8")]
    public async Task Should_be_refused_after_its_compensation()
    {
        var sagaId = Guid.NewGuid();
        await Send("inventory", "Orders.Inventory:ReleaseReservation", Command(sagaId, "undo", 1, new() { ["orderId"] = "x" }));
        (await Replies(sagaId, 1)).Single().GetProperty("nothingToUndo").GetBoolean().ShouldBeTrue();
        (await system.Sandbox.Query<bool>($"select tombstone from inventory.fence where saga_id = '{sagaId}'")).ShouldBeTrue();

        await Send("inventory", "Orders.Inventory:ReserveItems", Reserve(sagaId, attempt: 1, product: "p12"));
        var refused = (await Replies(sagaId, 2)).Single(reply => reply.TryGetProperty("kind", out _));
        refused.GetProperty("kind").GetString().ShouldBe("rejected");
        refused.GetProperty("code").GetString().ShouldBe("fenced");
        (await system.Sandbox.Query<int>("select available from inventory.product where product_id = 'p12'")).ShouldBe(1000);
    }

    [Test]
    [Property("Rule", "S8")]
    public async Task Should_take_no_money_after_its_compensation()
    {
        var sagaId = Guid.NewGuid();
        await Send(
            "payments",
            "Orders.Payments:RefundPayment",
            Command(sagaId, "undo", 1, new() { ["orderId"] = "x", ["customerId"] = "c" }, "process_payment")
        );
        await Replies(sagaId, 1);
        await Send(
            "payments",
            "Orders.Payments:ProcessPayment",
            Command(
                sagaId,
                "do",
                1,
                new()
                {
                    ["orderId"] = "x",
                    ["customerId"] = "c",
                    ["amount"] = "10.00",
                    ["currency"] = "USD",
                    ["paymentToken"] = "tok_visa",
                },
                "process_payment"
            )
        );
        (await Replies(sagaId, 2))
            .Select(reply => reply.TryGetProperty("code", out var code) ? code.GetString() : null)
            .ShouldContain("fenced");
        (
            await system.Sandbox.Query<long>(
                $"select count(*) from payments.gateway_charge where state = 'charged' and idempotency_key = '{sagaId}'"
            )
        ).ShouldBe(0);
    }

    [Test]
    public async Task Should_be_undone_once_when_its_compensation_comes_twice()
    {
        var sagaId = Guid.NewGuid();
        await Send("inventory", "Orders.Inventory:ReserveItems", Reserve(sagaId, attempt: 1, product: "p13"));
        await Replies(sagaId, 1);
        await Send("inventory", "Orders.Inventory:ReleaseReservation", Command(sagaId, "undo", 1, new() { ["orderId"] = "x" }));
        await Send("inventory", "Orders.Inventory:ReleaseReservation", Command(sagaId, "undo", 2, new() { ["orderId"] = "x" }));
        (await Replies(sagaId, 3))
            .Count(reply => reply.TryGetProperty("nothingToUndo", out var nothing) && !nothing.GetBoolean())
            .ShouldBe(2);
        (await system.Sandbox.Query<int>("select available from inventory.product where product_id = 'p13'")).ShouldBe(1000);
    }

    [Test]
    public async Task Should_answer_with_readable_headers()
    {
        var sagaId = Guid.NewGuid();
        await Send("inventory", "Orders.Inventory:ReserveItems", Reserve(sagaId, attempt: 1, product: "p14"));
        await Replies(sagaId, 1);
        var reply = (await system.Sandbox.Peek("replies")).Single(message =>
            message.Headers.GetValueOrDefault("saga-id") == sagaId.ToString()
        );
        reply.Headers["saga-step"].ShouldBe("reserve_inventory");
        reply.Headers["saga-direction"].ShouldBe("do");
        reply.Headers["saga-attempt"].ShouldBe("1");
        reply.Headers.Keys.ShouldContain("command-id");
    }

    private static JsonObject Reserve(Guid sagaId, int attempt, string product = "p10") =>
        Command(
            sagaId,
            "do",
            attempt,
            new() { ["orderId"] = "x", ["lines"] = new JsonArray(new JsonObject { ["productId"] = product, ["quantity"] = 3 }) }
        );

    private static JsonObject Command(Guid sagaId, string direction, int attempt, JsonObject body, string step = "reserve_inventory")
    {
        body["saga"] = new JsonObject
        {
            ["sagaId"] = sagaId.ToString(),
            ["sagaType"] = "order-fulfillment",
            ["businessKey"] = "x",
            ["replyTo"] = "to.orchestrator",
            ["step"] = step,
            ["direction"] = direction,
            ["attempt"] = attempt,
            ["commandId"] = Guid.NewGuid().ToString(),
        };
        return body;
    }

    private Task Send(string queue, string type, JsonObject command) =>
        system.Sandbox.Publish(queue, Envelope.Of("SagaOrchestrator.Messages." + type, command));

    private Task<List<JsonElement>> Replies(Guid sagaId, int count) =>
        Eventually.Get(
            async () =>
                (await system.Sandbox.Peek("replies"))
                    .Select(message => message.Message)
                    .Where(message => message.GetProperty("sagaId").GetGuid() == sagaId)
                    .ToList(),
            replies => replies.Count >= count,
            $"{count} replies for {sagaId}"
        );
}
