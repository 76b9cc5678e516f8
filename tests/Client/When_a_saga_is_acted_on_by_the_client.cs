using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Client.Tests;

public sealed class When_a_saga_is_acted_on_by_the_client
{
    [Test]
    [Property("Rule", "S24")]
    public async Task Should_count_a_signal_once()
    {
        var client = Caller();
        var id = await Waiting(client);
        var signal = new SagaSignal(Guid.NewGuid(), "approval") { Data = new { approvedBy = "frank" } };
        await client.Signal(id, signal);
        await client.Signal(id, signal);
        (await client.WaitForEnd(id)).IsCompleted.ShouldBeTrue();
        (await Running.Api.HistoryTypes(id)).Count(type => type == "signal_received").ShouldBe(1);
    }

    [Test]
    public async Task Should_say_no()
    {
        var client = Caller();
        var id = await Waiting(client);
        await client.Signal(
            id,
            new SagaSignal(Guid.NewGuid(), "approval") { DeclineCode = "too_dear", DeclineReason = "Ask again in May." }
        );
        var ended = await client.WaitForEnd(id);
        (ended.ForwardError!.Code, ended.ForwardError.Reason).ShouldBe(("too_dear", "Ask again in May."));
    }

    [Test]
    public async Task Should_be_cancelled_in_the_callers_name()
    {
        var client = Caller();
        var id = await Waiting(client);
        await client.Cancel(id, "The customer called.");
        (await client.WaitForEnd(id)).ForwardError!.Code.ShouldBe("cancelled");
        (await Running.Api.History(id))
            .Single(entry => entry.GetProperty("type").GetString() == "operator_cancelled")
            .GetProperty("by")
            .GetString()
            .ShouldBe("shop");
    }

    private static async Task<Guid> Waiting(SagaClient client)
    {
        var order = SagaOrchestrator.Tests.Servers.Order.Business(unitPrice: 600);
        var id = (await client.Start("business-order", order)).Saga.Id;
        await Running.Api.WaitForStep(id, "await_approval", "Signal");
        return id;
    }
}
