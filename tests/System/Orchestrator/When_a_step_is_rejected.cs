using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

public sealed class When_a_step_is_rejected
{
    [Test]
    [Property("Rule", "S18")]
    public async Task Should_fail_with_nothing_undone_when_stock_is_short()
    {
        var saga = await (await SharedSystem.Get()).Api.Run(Order.Of(product: "p2", quantity: 1001, unitPrice: 1), "Failed");
        saga.GetProperty("forwardError").GetProperty("code").GetString().ShouldBe("insufficient_stock");
        saga.GetProperty("compensated").Strings().ShouldBeEmpty();
    }

    [Test]
    public async Task Should_fail_when_a_product_is_unknown() =>
        (await (await SharedSystem.Get()).Api.Run(Order.Of(product: "no-such"), "Failed"))
            .GetProperty("forwardError")
            .GetProperty("code")
            .GetString()
            .ShouldBe("unknown_product");

    [Test]
    public async Task Should_release_the_stock_when_the_card_limit_is_exceeded()
    {
        var system = await SharedSystem.Get();
        var saga = await system.Api.Run(Order.Of(product: "p3", quantity: 100, unitPrice: 51), "Failed");
        saga.GetProperty("forwardError").GetProperty("code").GetString().ShouldBe("card_limit_exceeded");
        saga.GetProperty("compensated").Strings().ShouldBe(["reserve_inventory"]);
        (await system.Sandbox.Query<int>("select available from inventory.product where product_id = 'p3'")).ShouldBe(1000);
    }

    [TestCase("tok_declined", "card_declined")]
    public async Task Should_take_no_money_when_the_card_is_declined(string token, string code)
    {
        var system = await SharedSystem.Get();
        var saga = await system.Api.Run(Order.Of(token: token), "Failed");
        saga.GetProperty("forwardError").GetProperty("code").GetString().ShouldBe(code);
        (
            await system.Sandbox.Query<long>(
                $"select count(*) from payments.ledger_entry where saga_id = '{saga.GetProperty("id").GetGuid()}'"
            )
        ).ShouldBe(0);
    }

    [Test]
    [Property("Rule", "S3")]
    public async Task Should_undo_payment_and_reservation_in_reverse_when_it_is_too_large_to_ship()
    {
        var system = await SharedSystem.Get();
        var saga = await system.Api.Run(Order.Of(product: "p4", quantity: 121, unitPrice: 1), "Failed");
        saga.GetProperty("forwardError").GetProperty("code").GetString().ShouldBe("over_capacity");
        saga.GetProperty("compensated").Strings().ShouldBe(["process_payment", "reserve_inventory"]);
        var id = saga.GetProperty("id").GetGuid();
        (
            await system.Sandbox.Query<decimal>(
                $"select sum(case kind when 'charge' then amount else -amount end) from payments.ledger_entry where saga_id = '{id}'"
            )
        ).ShouldBe(0);
        (
            await system.Sandbox.Query<bool>(
                $"""
                select (select undo_lsn from payments.fence where saga_id = '{id}') < (select undo_lsn from inventory.fence
                    where saga_id = '{id}')
                """
            )
        ).ShouldBeTrue();
    }

    [Test]
    public async Task Should_fail_when_the_address_is_incomplete()
    {
        var saga = await (await SharedSystem.Get()).Api.Run(Order.Of(street: null), "Failed");
        saga.GetProperty("forwardError").GetProperty("code").GetString().ShouldBe("incomplete_address");
        saga.GetProperty("forwardError").GetProperty("reason").GetString()!.ShouldContain("street");
    }
}
