using System.Text.Json.Nodes;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

/// <summary>A payment that was never answered in time and has been given back; and then its messages come after all.</summary>
public sealed class When_messages_come_after_the_end
{
    private const string Step = "process_payment";

    private RunningSystem system = null!;
    private Guid id;

    [OneTimeSetUp]
    public async Task Run()
    {
        system = await SharedSystem.Get();
        id = (await system.Api.Run(Order.Of(token: "tok_timeout"), "Failed")).GetProperty("id").GetGuid();
    }

    [Test]
    [Property("Rule", "S11")]
    [Property("Rule", "S34")]
    public async Task Should_record_a_success_that_is_delayed_past_its_timeout_and_the_end_of_its_compensation()
    {
        await system.Sandbox.PublishAs(
            "payments",
            "orchestrator",
            Envelope.Of(
                "SagaOrchestrator.Messages:SagaStepCompleted",
                new JsonObject
                {
                    ["sagaId"] = id.ToString(),
                    ["step"] = Step,
                    ["attempt"] = 1,
                    ["commandId"] = (await system.Sandbox.CommandId(id, Step)).ToString(),
                    ["result"] = new JsonObject { ["paymentId"] = "late", ["gatewayReference"] = "ch_late" },
                }
            )
        );
        await Eventually.True(
            async () => (await system.Api.HistoryTypes(id)).Contains("late_success"),
            "the late success is in the history"
        );
        var saga = await system.Api.GetSaga(id);
        saga.GetProperty("state").GetString().ShouldBe("Failed");
        saga.Step(Step).GetProperty("state").GetString().ShouldBe("Compensated");
    }

    [Test]
    [Property("Rule", "S8")]
    [Property("Rule", "S34")]
    public async Task Should_refuse_the_command_when_it_is_delivered_again_and_take_no_money()
    {
        await system.Sandbox.Publish(
            "payments",
            Envelope.Of(
                "SagaOrchestrator.Messages.Orders.Payments:ProcessPayment",
                new JsonObject
                {
                    ["orderId"] = "x",
                    ["customerId"] = "c",
                    ["amount"] = "20.00",
                    ["currency"] = "USD",
                    ["paymentToken"] = "tok_visa",
                    ["saga"] = new JsonObject
                    {
                        ["sagaId"] = id.ToString(),
                        ["sagaType"] = "order-fulfillment",
                        ["businessKey"] = "x",
                        ["replyTo"] = "to.orchestrator",
                        ["step"] = Step,
                        ["direction"] = "do",
                        ["attempt"] = 3,
                        ["commandId"] = (await system.Sandbox.CommandId(id, Step)).ToString(),
                    },
                }
            )
        );
        await Eventually.True(
            async () =>
                (await system.Api.History(id)).Any(entry =>
                    entry.GetProperty("type").GetString() == "reply_ignored" && entry.GetProperty("code").GetString() == "StepRejected"
                ),
            "the refusal is in the history"
        );
        (await system.Sandbox.Query<string>($"select state from payments.gateway_charge where idempotency_key = '{id}'")).ShouldBe(
            "refunded"
        );
        (await system.Api.GetSaga(id)).GetProperty("state").GetString().ShouldBe("Failed");
    }
}
