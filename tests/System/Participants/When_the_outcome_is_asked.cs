using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Participants;

/// <summary>Plays the orchestrator: asks a participant whether a step happened.</summary>
public sealed class When_the_outcome_is_asked
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
    [Property("Rule", "S6")]
    public async Task Should_answer_done_with_the_result()
    {
        var sagaId = Guid.NewGuid();
        await Reserve(sagaId, attempt: 1);
        await Replies(sagaId, 1);
        await Ask(sagaId);
        var answer = (await Replies(sagaId, 2)).Single(reply => reply.TryGetProperty("outcome", out _));
        answer.GetProperty("outcome").GetString().ShouldBe("done");
        answer.GetProperty("result").GetProperty("units").GetInt32().ShouldBe(3);
    }

    [Test]
    [Property("Rule", "S6")]
    [Property("Rule", "S8")]
    public async Task Should_answer_not_done_and_refuse_the_command_from_then_on()
    {
        var sagaId = Guid.NewGuid();
        await Ask(sagaId);
        (await Replies(sagaId, 1)).Single().GetProperty("outcome").GetString().ShouldBe("not_done");
        await Reserve(sagaId, attempt: 1);
        (await Replies(sagaId, 2)).Count(reply => reply.TryGetProperty("code", out var code) && code.GetString() == "fenced").ShouldBe(1);
        (await system.Sandbox.Query<long>($"select count(*) from inventory.reservation where saga_id = '{sagaId}'")).ShouldBe(0);
    }

    [Test]
    [Property("Rule", "S6")]
    public async Task Should_answer_in_progress_while_a_call_outside_has_no_outcome()
    {
        var sagaId = Guid.NewGuid();
        await Send(
            "payments",
            "Orders.Payments:ProcessPayment",
            Command(
                sagaId,
                "process_payment",
                1,
                new()
                {
                    ["orderId"] = "x",
                    ["customerId"] = "c",
                    ["amount"] = "10.00",
                    ["currency"] = "USD",
                    ["paymentToken"] = "tok_timeout",
                }
            )
        );
        await Eventually.True(
            async () =>
                await system.Sandbox.Query<long>($"select count(*) from payments.fence where saga_id = '{sagaId}' and do_state = 'begun'")
                == 1,
            "the payment has begun"
        );
        await Send("payments", "QueryOutcome", Command(sagaId, "process_payment", 1, new() { ["enquiry"] = 1 }));
        (await Replies(sagaId, 1)).ShouldContain(reply => reply.GetProperty("outcome").GetString() == "in_progress");
    }

    [Test]
    [Property("Rule", "S21")]
    public async Task Should_try_a_rejected_step_anew_for_a_later_attempt_and_not_for_an_earlier_one()
    {
        var sagaId = Guid.NewGuid();
        await system.Sandbox.Execute("update inventory.product set available = 0, initial = 0 where product_id = 'p18'");
        await Reserve(sagaId, attempt: 2, product: "p18");
        (await Replies(sagaId, 1)).Single().GetProperty("code").GetString().ShouldBe("insufficient_stock");
        await system.Sandbox.Execute("update inventory.product set available = 100, initial = 100 where product_id = 'p18'");
        await Reserve(sagaId, attempt: 1, product: "p18");
        (await Replies(sagaId, 2)).ShouldAllBe(reply => reply.GetProperty("code").GetString() == "insufficient_stock");
        await Reserve(sagaId, attempt: 3, product: "p18");
        (await Replies(sagaId, 3))
            .Count(reply => reply.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object)
            .ShouldBe(1);
    }

    private static JsonObject Command(Guid sagaId, string step, int attempt, JsonObject body)
    {
        body["saga"] = new JsonObject
        {
            ["sagaId"] = sagaId.ToString(),
            ["sagaType"] = "order-fulfillment",
            ["businessKey"] = "x",
            ["replyTo"] = "to.orchestrator",
            ["step"] = step,
            ["direction"] = "do",
            ["attempt"] = attempt,
            ["commandId"] = Guid.NewGuid().ToString(),
        };
        return body;
    }

    private Task Reserve(Guid sagaId, int attempt, string product = "p17") =>
        Send(
            "inventory",
            "Orders.Inventory:ReserveItems",
            Command(
                sagaId,
                "reserve_inventory",
                attempt,
                new() { ["orderId"] = "x", ["lines"] = new JsonArray(new JsonObject { ["productId"] = product, ["quantity"] = 3 }) }
            )
        );

    private Task Ask(Guid sagaId) => Send("inventory", "QueryOutcome", Command(sagaId, "reserve_inventory", 1, new() { ["enquiry"] = 1 }));

    private Task Send(string queue, string type, JsonObject command) =>
        system.Sandbox.Publish(queue, Envelope.Of("SagaOrchestrator.Messages" + (type == "QueryOutcome" ? ":" : ".") + type, command));

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
