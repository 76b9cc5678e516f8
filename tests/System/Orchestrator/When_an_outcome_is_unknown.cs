using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

public sealed class When_an_outcome_is_unknown
{
    [Test]
    [Property("Rule", "S6")]
    public async Task Should_send_a_flaky_payment_again_until_it_works()
    {
        var system = await SharedSystem.Get();
        var saga = await system.Api.Run(Order.Of(token: "tok_flaky"), "Completed");
        saga.Step("process_payment").GetProperty("attempts").GetInt32().ShouldBe(3);
        (
            await system.Sandbox.Query<long>(
                $"select count(*) from payments.ledger_entry where saga_id = '{saga.GetProperty("id").GetGuid()}'"
            )
        ).ShouldBe(1);
    }

    [Test]
    [Property("Rule", "S6")]
    [Property("Rule", "S26")]
    public async Task Should_time_out_a_payment_that_is_never_answered_and_give_the_money_back()
    {
        var system = await SharedSystem.Get();
        var saga = await system.Api.Run(Order.Of(token: "tok_timeout"), "Failed");
        var id = saga.GetProperty("id").GetGuid();
        saga.GetProperty("forwardError").GetProperty("code").GetString().ShouldBe("timeout");
        saga.GetProperty("compensated").Strings().ShouldBe(["process_payment", "reserve_inventory"]);
        (await system.Sandbox.Query<string>($"select state from payments.gateway_charge where idempotency_key = '{id}'")).ShouldBe(
            "refunded"
        );
        (
            await system.Sandbox.Query<string[]>($"select array_agg(kind order by id) from payments.ledger_entry where saga_id = '{id}'")
        ).ShouldBe(["charge", "refund"]);
        (await system.Api.History(id)).Count(entry => entry.GetProperty("type").GetString() == "step_timed_out").ShouldBe(3);
    }

    [Test]
    [Property("Rule", "S26")]
    public async Task Should_give_each_attempt_its_whole_time_by_the_clock_of_the_database()
    {
        var system = await SharedSystem.Get();
        var saga = await system.Api.Run(Order.Of(token: "tok_timeout"), "Failed");
        var shortest = await system.Sandbox.Query<TimeSpan>(
            $"""
            select min(at - sent_at) from (
                select type, at, lag(at) over (order by version) as sent_at
                from orchestrator.saga_history
                where saga_id = '{saga.GetProperty("id").GetGuid()}' and data ->> 'step' = 'process_payment'
                  and type in ('step_started', 'step_retried', 'step_timed_out')) attempt
            where type = 'step_timed_out'
            """
        );
        shortest.ShouldBeGreaterThanOrEqualTo(SharedSystem.StepTimeout);
    }

    [Test]
    [Property("Rule", "S14")]
    [Property("Rule", "S17")]
    public async Task Should_park_a_saga_whose_refund_keeps_failing()
    {
        var system = await SharedSystem.Get();
        await system.Sandbox.Subscribe("SagaOrchestrator.Messages:SagaParked", "listener.parked");
        var saga = await system.Api.Run(Order.Of(quantity: 121, unitPrice: 1, token: "tok_norefund"), "Parked");
        saga.GetProperty("forwardError").GetProperty("code").GetString().ShouldBe("over_capacity");
        saga.GetProperty("compensationError").GetProperty("reason").GetString()!.ShouldContain("refuses to refund");
        saga.GetProperty("compensated").Strings().ShouldBeEmpty();
        saga.Step("reserve_inventory").GetProperty("state").GetString().ShouldBe("Completed");

        var parked = (await system.Sandbox.WaitFor("listener.parked"))[0];
        parked.Message.GetProperty("step").GetString().ShouldBe("process_payment");
    }
}
