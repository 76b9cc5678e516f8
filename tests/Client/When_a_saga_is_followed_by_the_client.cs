using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Client.Tests;

public sealed class When_a_saga_is_followed_by_the_client
{
    [Test]
    public async Task Should_be_told_each_entry_once_and_in_order_although_its_connection_is_cut()
    {
        await using var line = CutLine.To(Running.Api.BaseAddress!.Port);
        var client = Caller(options => options.Address = new Uri($"http://127.0.0.1:{line.Port}"));
        var id = (await client.Start("business-order", Business())).Saga.Id;
        var entries = new List<SagaEntry>();
        await foreach (var entry in client.Follow(id))
        {
            entries.Add(entry);
            line.Cut();
            if (entry.Type == "signal_awaited")
            {
                await client.Signal(id, new SagaSignal(Guid.NewGuid(), "approval") { Data = new { approvedBy = "frank" } });
            }
        }

        entries.Select(entry => entry.Version).ShouldBe(entries.Select(entry => entry.Version).Distinct().Order());
        entries[^1].Type.ShouldBe("saga_completed");
        var all = await Running.Api.HistoryTypes(id);
        entries.Select(entry => entry.Type).ShouldBe(all);
    }

    [Test]
    public async Task Should_begin_behind_the_version_that_it_is_given()
    {
        var client = Caller();
        var id = (await client.Start("order-fulfillment", Order())).Saga.Id;
        await client.WaitForEnd(id);
        var all = await client.Follow(id).ToListAsync();
        (await client.Follow(id, after: all[2].Version).ToListAsync()).ShouldBe(all[3..]);
    }

    [Test]
    public async Task Should_be_told_when_there_is_no_such_saga() =>
        (await Should.ThrowAsync<SagaClientException>(() => Caller().WaitForEnd(Guid.NewGuid()))).Code.ShouldBe("unknown-saga");

    private static System.Text.Json.Nodes.JsonObject Business() => SagaOrchestrator.Tests.Servers.Order.Business(unitPrice: 600);
}
