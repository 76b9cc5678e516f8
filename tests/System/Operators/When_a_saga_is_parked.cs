using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Operators;

/// <summary>A refund that the gateway refuses, until it does not any more.</summary>
public sealed class When_a_saga_is_parked
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Get() => system = await SharedSystem.Get();

    [Test]
    [Property("Rule", "S14")]
    [Property("Rule", "S33")]
    public async Task Should_be_led_out_by_a_retry_when_the_gateway_is_mended()
    {
        var id = await Parked();
        var (again, _) = await system.Api.Operate(
            id,
            "retry",
            new
            {
                step = "process_payment",
                by = "alice",
                reason = "Is it back?",
            }
        );
        again.ShouldBe(200);
        await system.Api.WaitFor(id, "Parked");

        await system.Sandbox.Execute($"update payments.gateway_charge set token = 'tok_visa' where idempotency_key = '{id}'");
        await system.Api.Operate(
            id,
            "retry",
            new
            {
                step = "process_payment",
                by = "alice",
                reason = "The gateway is back.",
            }
        );
        var saga = await system.Api.WaitFor(id, "Failed");
        saga.GetProperty("compensated").Strings().ShouldBe(["process_payment", "reserve_inventory"]);
        (await system.Sandbox.Query<string>($"select state from payments.gateway_charge where idempotency_key = '{id}'")).ShouldBe(
            "refunded"
        );

        var entry = (await system.Api.History(id)).Last(entry => entry.GetProperty("type").GetString() == "operator_retried");
        entry.GetProperty("by").GetString().ShouldBe("alice");
        entry.GetProperty("reason").GetString().ShouldBe("The gateway is back.");
        (
            await system.Sandbox.Query<string[]>(
                $"select array_agg(concat_ws(' ', who, verb, step, why) order by position) from orchestrator.operator_action where "
                    + $"subject = '{id}'"
            )
        ).ShouldBe(["alice retry process_payment Is it back?", "alice retry process_payment The gateway is back."]);
    }

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_go_on_without_a_compensation_that_is_skipped_and_say_so()
    {
        await system.Sandbox.Subscribe("SagaOrchestrator.Messages:SagaFailed", "listener.failed-with-skip");
        var id = await Parked();
        await system.Api.Operate(
            id,
            "skip",
            new
            {
                step = "process_payment",
                by = "bob",
                reason = "Paid back in cash.",
            }
        );
        var saga = await system.Api.WaitFor(id, "Failed");
        saga.GetProperty("compensated").Strings().ShouldBe(["reserve_inventory"]);
        saga.Step("process_payment").GetProperty("state").GetString().ShouldBe("CompensationSkipped");
        await Eventually.True(
            async () =>
                (await system.Sandbox.Peek("listener.failed-with-skip")).Any(message =>
                    message.Message.GetProperty("sagaId").GetGuid() == id
                    && message.Message.GetProperty("notCompensated").Strings().SequenceEqual(["process_payment"])
                ),
            "SagaFailed names the step that was not compensated"
        );
    }

    [Test]
    public async Task Should_say_in_a_list_what_is_stuck_and_why_beside_the_failure_that_it_is_undone_for()
    {
        var id = await Parked();
        var status = await system.Api.GetSaga(id);
        var page = await system.Api.GetFromJsonAsync<JsonElement>(
            $"/api/v1/sagas?state=Parked&key={status.GetProperty("businessKey").GetString()}"
        );
        var item = page.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        item.GetProperty("error")
            .GetProperty("step")
            .GetString()
            .ShouldBe(status.GetProperty("forwardError").GetProperty("step").GetString());
        item.GetProperty("stuck").GetProperty("step").GetString().ShouldBe("process_payment");
        item.GetProperty("stuck")
            .GetProperty("code")
            .GetString()
            .ShouldBe(status.GetProperty("compensationError").GetProperty("code").GetString());
        item.GetProperty("stuck")
            .GetProperty("reason")
            .GetString()
            .ShouldBe(status.GetProperty("compensationError").GetProperty("reason").GetString());
    }

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_take_a_compensation_as_done_by_hand()
    {
        var id = await Parked();
        await system.Api.Operate(
            id,
            "resolve",
            new
            {
                step = "process_payment",
                outcome = "done",
                by = "bob",
                reason = "Refunded by bank transfer.",
            }
        );
        (await system.Api.WaitFor(id, "Failed")).GetProperty("compensated").Strings().ShouldBe(["process_payment", "reserve_inventory"]);
    }

    [Test]
    [Property("Rule", "S16")]
    public async Task Should_stay_as_it_is_when_it_is_cancelled()
    {
        var id = await Parked();
        var (status, body) = await system.Api.Operate(id, "cancel", new { by = "bob", reason = "Stop it." });
        status.ShouldBe(200);
        body.GetProperty("state").GetString().ShouldBe("Parked");
    }

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_refuse_what_is_not_possible_with_a_problem_that_says_why()
    {
        var id = await Parked();
        var (status, problem) = await system.Api.Operate(
            id,
            "skip",
            new
            {
                step = "reserve_inventory",
                by = "bob",
                reason = "Why not?",
            }
        );
        status.ShouldBe(409);
        problem.GetProperty("type").GetString().ShouldBe("/problems/not-stuck");
        problem.GetProperty("detail").GetString()!.ShouldContain("reserve_inventory");
    }

    [TestCase("retry", """{"by": "bob", "reason": "x"}""", "step")]
    [TestCase("skip", """{"step": "a", "reason": "x"}""", "by")]
    [TestCase("cancel", """{"by": "bob"}""", "reason")]
    [TestCase("resolve", """{"step": "a", "by": "bob", "reason": "x", "outcome": "maybe"}""", "outcome")]
    public async Task Should_name_the_field_that_is_missing(string verb, string body, string field)
    {
        var (status, problem) = await system.Api.Operate(Guid.NewGuid(), verb, System.Text.Json.JsonDocument.Parse(body).RootElement);
        status.ShouldBe(400);
        problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Test]
    public async Task Should_say_when_there_is_no_such_saga() =>
        (await system.Api.Operate(Guid.NewGuid(), "cancel", new { by = "bob", reason = "x" })).Status.ShouldBe(404);

    private async Task<Guid> Parked() =>
        (await system.Api.Run(Order.Of(quantity: 121, unitPrice: 1, token: "tok_norefund"), "Parked")).GetProperty("id").GetGuid();
}
