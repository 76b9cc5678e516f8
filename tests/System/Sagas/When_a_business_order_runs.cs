using System.Text.Json.Nodes;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Sagas;

/// <summary>Parallel steps, a condition, a signal and a pivot on the real servers.</summary>
public sealed class When_a_business_order_runs
{
    private const string Type = "business-order";

    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Get() => system = await SharedSystem.Get();

    [Test]
    public async Task Should_leave_the_approval_out_for_a_small_order()
    {
        var saga = await Run(Order.Business(), "Completed");
        saga.Step("await_approval").GetProperty("state").GetString().ShouldBe("Skipped");
        saga.Step("send_confirmation").GetProperty("state").GetString().ShouldBe("Completed");
    }

    [Test]
    [Property("Rule", "S4")]
    public async Task Should_let_the_carrier_answer_before_it_undoes_when_stock_is_short()
    {
        var saga = await Run(Order.Business(quantity: 100, unitPrice: 1, product: "no_such_product"), "Failed");
        saga.GetProperty("forwardError").GetProperty("code").GetString().ShouldBe("unknown_product");
        saga.GetProperty("compensated").Strings().ShouldBe(["create_shipment"]);
    }

    [Test]
    [Property("Rule", "S4")]
    public async Task Should_undo_the_first_branch_when_the_second_is_rejected()
    {
        var saga = await Run(Order.Business(quantity: 121, unitPrice: 1), "Failed");
        saga.GetProperty("forwardError").GetProperty("code").GetString().ShouldBe("over_capacity");
        saga.GetProperty("compensated").Strings().ShouldBe(["reserve_inventory"]);
    }

    [Test]
    [Property("Rule", "S18")]
    public async Task Should_undo_nothing_when_both_branches_are_rejected()
    {
        var saga = await Run(Order.Business(quantity: 121, unitPrice: 1, product: "no_such_product"), "Failed");
        saga.GetProperty("compensated").Strings().ShouldBeEmpty();
        saga.Step("reserve_inventory").GetProperty("state").GetString().ShouldBe("Rejected");
        saga.Step("create_shipment").GetProperty("state").GetString().ShouldBe("Rejected");
    }

    [Test]
    [Property("Rule", "S29")]
    public async Task Should_be_a_saga_of_its_own_beside_an_order_of_another_type_with_the_same_key()
    {
        var (order, key) = (Order.Business(), Order.NewId());
        order["orderId"] = key;
        var one = await system.Api.StartSaga(Order.Of(key));
        var other = await system.Api.StartSaga(order, Type);
        other.ShouldNotBe(one);
        // The carrier takes an order id once, so one of them fails there: each for itself.
        (await system.Api.WaitFor(one, "Completed", "Failed"))
            .GetProperty("type")
            .GetString()
            .ShouldBe("order-fulfillment");
        (await system.Api.WaitFor(other, "Completed", "Failed")).GetProperty("type").GetString().ShouldBe(Type);
        (await system.Sandbox.Query<long>($"select count(distinct saga_id) from inventory.reservation where order_id = '{key}'")).ShouldBe(
            2
        );
    }

    [Test]
    public async Task Should_wait_for_the_approval_of_a_large_order_and_take_it_once()
    {
        var id = await system.Api.StartSaga(Order.Business(unitPrice: 600), Type);
        await system.Api.WaitForStep(id, "await_approval", "Signal");
        var signal = new
        {
            signalId = Guid.NewGuid(),
            name = "approval",
            data = new { approvedBy = "carol" },
        };
        (await system.Api.Operate(id, "signals", signal)).Status.ShouldBe(200);
        (await system.Api.Operate(id, "signals", signal)).Status.ShouldBe(200);
        var saga = await system.Api.WaitFor(id, "Completed");
        saga.Step("await_approval").GetProperty("result").GetProperty("approvedBy").GetString().ShouldBe("carol");
        (await system.Api.HistoryTypes(id)).Count(type => type.StartsWith("signal_received", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Test]
    public async Task Should_keep_an_approval_that_comes_by_message_before_its_turn()
    {
        // The stock row is held, so that the first stage cannot end before the approval is there.
        await using var database = system.Sandbox.Database();
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (
            var hold = new Npgsql.NpgsqlCommand(
                "select 1 from inventory.product where product_id = 'p19' for update",
                connection,
                transaction
            )
        )
        {
            await hold.ExecuteScalarAsync();
        }

        var order = Order.Business(unitPrice: 600, product: "p19");
        var id = await system.Api.StartSaga(order, Type);
        await system.Sandbox.Publish(
            "orchestrator",
            Envelope.Of(
                "SagaOrchestrator.Messages:SagaSignal",
                new JsonObject
                {
                    ["sagaType"] = Type,
                    ["businessKey"] = order["orderId"]!.GetValue<string>(),
                    ["signalId"] = Guid.NewGuid().ToString(),
                    ["name"] = "approval",
                }
            )
        );
        await Eventually.True(async () => (await system.Api.HistoryTypes(id)).Contains("signal_kept"), "the signal is kept");
        await transaction.RollbackAsync();
        await system.Api.WaitFor(id, "Completed");
    }

    [TestCase("""{"signalId": "6a1f7d54-7d4b-4f0c-9a39-0d6d3f1c2b11", "name": null}""")]
    [TestCase("""{"signalId": "00000000-0000-0000-0000-000000000000", "name": "approval"}""")]
    public async Task Should_dead_letter_a_signal_that_says_nothing(string body)
    {
        var id = await system.Api.StartSaga(Order.Business(unitPrice: 600), Type);
        var signal = JsonNode.Parse(body)!.AsObject();
        signal["sagaId"] = id.ToString();
        await system.Sandbox.Publish("orchestrator", Envelope.Of("SagaOrchestrator.Messages:SagaSignal", signal));
        await Eventually.True(
            async () =>
                (await system.Sandbox.Peek("orchestrator.dead-letter")).Any(message =>
                    message.Payload.Contains(id.ToString()) && message.Headers["dead-letter-reason"] == "malformed"
                ),
            "the signal is dead-lettered"
        );
        await system.Api.WaitForStep(id, "await_approval", "Signal");
        await system.Api.Operate(id, "cancel", new { by = "dave", reason = "Only a test." });
        await system.Api.WaitFor(id, "Failed");
    }

    [Test]
    public async Task Should_compensate_when_the_approval_is_declined()
    {
        var id = await system.Api.StartSaga(Order.Business(unitPrice: 600), Type);
        await system.Api.WaitForStep(id, "await_approval", "Signal");
        await system.Api.Operate(
            id,
            "signals",
            new
            {
                signalId = Guid.NewGuid(),
                name = "approval",
                decline = new { code = "too_expensive", reason = "Not this year." },
            }
        );
        var saga = await system.Api.WaitFor(id, "Failed");
        saga.GetProperty("forwardError").GetProperty("code").GetString().ShouldBe("too_expensive");
        saga.GetProperty("compensated").Strings().ShouldBe(["create_shipment", "reserve_inventory"]);
    }

    [Test]
    [Property("Rule", "S16")]
    public async Task Should_compensate_when_it_is_cancelled_while_it_waits()
    {
        var id = await system.Api.StartSaga(Order.Business(unitPrice: 600), Type);
        await system.Api.WaitForStep(id, "await_approval", "Signal");
        (await system.Api.Operate(id, "cancel", new { by = "dave", reason = "The customer called." })).Status.ShouldBe(200);
        var saga = await system.Api.WaitFor(id, "Failed");
        saga.GetProperty("forwardError").GetProperty("code").GetString().ShouldBe("cancelled");
    }

    [Test]
    public async Task Should_name_the_signals_that_it_knows()
    {
        var id = await system.Api.StartSaga(Order.Business(unitPrice: 600), Type);
        var (status, problem) = await system.Api.Operate(id, "signals", new { signalId = Guid.NewGuid(), name = "weather" });
        status.ShouldBe(400);
        problem.GetProperty("errors").GetProperty("name")[0].GetString()!.ShouldContain("approval");
        var nul = JsonNode.Parse("""{"note": "a\u0000b"}""");
        (
            await system.Api.Operate(
                id,
                "signals",
                new
                {
                    signalId = Guid.NewGuid(),
                    name = "approval",
                    data = nul,
                }
            )
        ).Body.GetProperty("errors").GetProperty("data.note")[0].GetString()!.ShouldContain("NUL");
        (await system.Api.Operate(id, "signals", new { name = "approval" }))
            .Body.GetProperty("errors")
            .TryGetProperty("signalId", out _)
            .ShouldBeTrue();
        await system.Api.Operate(id, "cancel", new { by = "dave", reason = "Only a test." });
        await system.Api.WaitFor(id, "Failed");
    }

    [Test]
    [Property("Rule", "S22")]
    [Property("Rule", "S23")]
    [Property("Rule", "S33")]
    public async Task Should_park_a_payment_of_unknown_outcome_and_go_on_with_the_result_that_an_operator_gives()
    {
        var id = await system.Api.StartSaga(Order.Business(token: "tok_timeout"), Type);
        await system.Api.WaitFor(id, "Parked");
        (await system.Api.HistoryTypes(id)).ShouldContain("step_enquired");
        var (status, problem) = await system.Api.Operate(id, "cancel", new { by = "dave", reason = "Too slow." });
        status.ShouldBe(409);
        problem.GetProperty("type").GetString().ShouldBe("/problems/pivot-underway");

        var result = new { paymentId = "P-1", gatewayReference = "found-in-the-list" };
        await system.Api.Operate(
            id,
            "resolve",
            new
            {
                step = "process_payment",
                outcome = "done",
                result,
                by = "erin",
                reason = "Seen in the gateway's list.",
            }
        );
        var saga = await system.Api.WaitFor(id, "Completed");
        saga.Step("process_payment").GetProperty("result").GetProperty("gatewayReference").GetString().ShouldBe("found-in-the-list");
        (await system.Api.Operate(id, "cancel", new { by = "dave", reason = "Too late." })).Status.ShouldBe(409);
    }

    [Test]
    [Property("Rule", "S22")]
    public async Task Should_compensate_a_parked_order_when_an_operator_finds_the_payment_not_done_and_its_participant_fences_it()
    {
        var id = await system.Api.StartSaga(Order.Business(token: "tok_timeout"), Type);
        await system.Api.WaitFor(id, "Parked");
        await system.Api.Operate(
            id,
            "resolve",
            new
            {
                step = "process_payment",
                outcome = "not-done",
                by = "erin",
                reason = "Not in the gateway's list.",
            }
        );
        var saga = await system.Api.WaitFor(id, "Failed");
        saga.Step("process_payment").GetProperty("state").GetString().ShouldBe("Rejected");
        (await system.Sandbox.Query<bool>($"select tombstone from payments.fence where saga_id = '{id}'")).ShouldBeTrue();
    }

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_ask_for_the_result_that_the_next_step_needs()
    {
        await using var strict = await RunningSystem.Start(
            settings =>
            {
                settings["BusinessOrders:StepTimeout"] = "00:00:01";
                settings["BusinessOrders:Attempts"] = "1";
                settings["Payments:GatewayPatience"] = "00:00:00.200";
            },
            add: services => services.AddPlan<ReceiptPlan>()
        );
        var id = await strict.Api.StartSaga(new JsonObject { ["key"] = "1" }, "receipt");
        await strict.Api.WaitFor(id, "Parked");
        var (status, problem) = await strict.Api.Operate(
            id,
            "resolve",
            new
            {
                step = "pay",
                outcome = "done",
                by = "erin",
                reason = "Seen in the list.",
                result = new { },
            }
        );
        status.ShouldBe(409);
        problem.GetProperty("type").GetString().ShouldBe("/problems/result-needed");
        (await strict.Api.GetSaga(id)).GetProperty("state").GetString().ShouldBe("Parked");

        var result = new { paymentId = "P-1", gatewayReference = "ref" };
        await strict.Api.Operate(
            id,
            "resolve",
            new
            {
                step = "pay",
                outcome = "done",
                by = "erin",
                reason = "Seen in the list.",
                result,
            }
        );
        await strict.Api.WaitFor(id, "Completed");
    }

    private sealed record StartReceipt(string Key);

    // A contract allows what the next step cannot do without.
    private sealed record Receipt(string? GatewayReference = null);

    private sealed class ReceiptPlan : Plan<StartReceipt>
    {
        public ReceiptPlan()
            : base("receipt", version: 1)
        {
            Step<Receipt>("pay", out var receipt)
                .AsPivot()
                .At("payments")
                .Within(TimeSpan.FromSeconds(1))
                .Retry(1, TimeSpan.FromSeconds(1))
                .Do((start, _) => new Messages.Orders.Payments.ProcessPayment(start.Key, "c", 10, "USD", "tok_timeout"));
            Step("confirm")
                .AsRetriable()
                .At("notifications")
                .Do(
                    (start, saga) =>
                        new Messages.Orders.Notifications.SendOrderConfirmation(
                            start.Key,
                            "c",
                            saga.Result(receipt)!.GatewayReference!.Trim()
                        )
                );
        }

        public override StartReceipt Example { get; } = new("1");

        public override string BusinessKey(StartReceipt data) => data.Key;

        public override IEnumerable<FieldError> Validate(StartReceipt data) => [];
    }

    private async Task<System.Text.Json.JsonElement> Run(JsonNode order, string state) =>
        await system.Api.WaitFor(await system.Api.StartSaga(order, Type), state);
}
