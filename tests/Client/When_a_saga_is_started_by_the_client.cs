using System.Net;
using SagaOrchestrator.Messages.Orders.Payments;

namespace SagaOrchestrator.Client.Tests;

public sealed class When_a_saga_is_started_by_the_client
{
    private const string Orders = "order-fulfillment";

    [Test]
    [Property("Rule", "S29")]
    public async Task Should_start_once_however_often_it_is_sent()
    {
        var (client, order) = (Caller(), Order());
        var first = await client.Start(Orders, order);
        var second = await client.Start(Orders, order);
        (first.IsNew, second.IsNew).ShouldBe((true, false));
        second.Saga.Id.ShouldBe(first.Saga.Id);
    }

    [Test]
    public async Task Should_wait_for_its_end_and_read_the_results_of_its_steps()
    {
        var client = Caller();
        var started = await client.Start(Orders, Order());
        var ended = await client.WaitForEnd(started.Saga.Id);
        (ended.IsCompleted, ended.HasEnded, ended.Verdict!.Kind).ShouldBe((true, true, "Completed"));
        ended.ResultOf<PaymentProcessed>("process_payment")!.PaymentId.ShouldNotBeNullOrEmpty();
        Should.Throw<ArgumentException>(() => ended.ResultOf<PaymentProcessed>("pay")).Message.ShouldContain("process_payment");
    }

    [Test]
    public async Task Should_say_why_it_failed()
    {
        var client = Caller();
        var ended = await client.WaitForEnd((await client.Start(Orders, Order(token: "tok_declined"))).Saga.Id);
        (ended.State, ended.ForwardError!.Step).ShouldBe(("Failed", "process_payment"));
        ended.Compensated.ShouldBe(["reserve_inventory"]);
    }

    [Test]
    public async Task Should_be_found_by_its_id_and_by_its_business_key_and_nothing_else()
    {
        var (client, order) = (Caller(), Order());
        var id = (await client.Start(Orders, order)).Saga.Id;
        (await client.Find(id))!.BusinessKey.ShouldBe(order.OrderId);
        (await client.Find(Orders, order.OrderId))!.Id.ShouldBe(id);
        (await client.Find(Guid.NewGuid())).ShouldBeNull();
        (await client.Find(Orders, "nobody's")).ShouldBeNull();
    }

    [Test]
    public async Task Should_be_told_whose_business_key_it_is()
    {
        var (client, order) = (Caller(), Order());
        var id = (await client.Start(Orders, order)).Saga.Id;
        var refused = await Should.ThrowAsync<SagaClientException>(() => client.Start(Orders, order with { CustomerId = "another" }));
        (refused.Code, refused.Status, refused.SagaId).ShouldBe(("business-key-conflict", HttpStatusCode.Conflict, id));
    }

    [Test]
    public async Task Should_be_told_which_fields_are_wrong()
    {
        var refused = await Should.ThrowAsync<SagaClientException>(() =>
            Caller().Start(Orders, Order() with { Currency = "US dollars", Items = [] })
        );
        refused.Errors.Keys.ShouldBe(["currency", "items"], ignoreOrder: true);
        refused.Message.ShouldContain("currency");
        refused.IsTransient.ShouldBeFalse();
    }

    [Test]
    public async Task Should_be_told_when_there_is_no_such_plan()
    {
        var refused = await Should.ThrowAsync<SagaClientException>(() => Caller().Start("nothing", Order()));
        refused.Code.ShouldBe("unknown-saga-type");
        refused.Message.ShouldContain(Orders);
    }
}
