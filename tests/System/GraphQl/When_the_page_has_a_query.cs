using SagaOrchestrator.Tests.Bulk;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.GraphQl;

/// <summary>The query of docs/api.md, as it stands there.</summary>
public sealed class When_the_page_has_a_query
{
    [Test]
    public async Task Should_find_parked_sagas_with_all_that_it_asks_for()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(TestServers.Root, "docs/api.md"));
        var query = page.Split("```graphql\n")[1].Split("```")[0];
        await using var system = await RunningSystem.Start(settings =>
        {
            settings["OrderFulfillment:StepTimeout"] = "00:00:02";
            settings["OrderFulfillment:FirstRetryDelay"] = "00:00:00.200";
            settings["OrderFulfillment:CompensationAttempts"] = "2";
            settings["Payments:GatewayPatience"] = "00:00:00.200";
        });
        var parked = await ParkedSagas.Of(system.Api, system.Sandbox, 2);
        var sagas = (await system.Api.Ask(query, new { types = new[] { "order-fulfillment" } })).GetProperty("sagas");
        sagas.GetProperty("total").GetProperty("count").GetInt64().ShouldBe(2);
        sagas
            .GetProperty("nodes")
            .EnumerateArray()
            .Select(node => node.GetProperty("businessKey").GetString())
            .ShouldBe([parked.Prefix + 1, parked.Prefix + 2], ignoreOrder: true);
        foreach (var saga in sagas.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("saga")))
        {
            saga.Step("process_payment").GetProperty("state").GetString().ShouldBe("Compensating");
            saga.GetProperty("history").GetProperty("nodes").GetArrayLength().ShouldBe(10);
            saga.GetProperty("explain").GetProperty("sentences").GetArrayLength().ShouldBeGreaterThan(1);
        }
    }
}
