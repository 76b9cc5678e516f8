using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Engine.Projection;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Feeds;

public sealed class When_outcomes_are_read
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await RunningSystem.Start();

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_have_each_outcome_once_and_in_order_however_the_pages_fall()
    {
        var from = await End();
        var started = await Task.WhenAll(
            Enumerable
                .Range(0, 30)
                .Select(async number =>
                    (await system.Api.Run(number % 3 == 0 ? Order.Of(street: null) : Order.Of(), "Completed", "Failed"))
                        .GetProperty("id")
                        .GetGuid()
                )
        );
        await Eventually.True(async () => (await Read(from, limit: 100)).Items.Count >= 30, "all outcomes are there");
        var seen = new List<JsonElement>();
        for (var page = await Read(from, limit: 7); page.Items.Count > 0; page = await Read(page.Next, limit: 7))
        {
            seen.AddRange(page.Items);
        }

        seen.Select(outcome => outcome.GetProperty("sagaId").GetGuid()).ShouldBe(started, ignoreOrder: true);
        seen.Select(outcome => outcome.GetProperty("position").GetInt64()).ShouldBeInOrder();
        seen.Count(outcome => outcome.GetProperty("state").GetString() == "Failed").ShouldBe(10);
        seen.Where(outcome => outcome.GetProperty("state").GetString() == "Failed")
            .ShouldAllBe(outcome =>
                outcome.GetProperty("verdict").GetString() == "Undone"
                && outcome.GetProperty("error").GetProperty("step").GetString() == "create_shipment"
            );
    }

    [Test]
    public async Task Should_answer_as_soon_as_there_is_one()
    {
        var from = await End();
        var waiting = Read(from, wait: "30s");
        var id = await system.Api.StartSaga(Order.Of());
        (await waiting).Items.ShouldHaveSingleItem().GetProperty("sagaId").GetGuid().ShouldBe(id);
    }

    [Test]
    public async Task Should_keep_the_position_of_an_outcome_when_summaries_are_made_anew()
    {
        var from = await End();
        var id = (await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid();
        var before = (await Read(from, wait: "30s")).Items.ShouldHaveSingleItem();
        await system.Orchestrator.GetRequiredService<SummaryRebuild>().Run(default);
        await Eventually.True(
            () => system.Sandbox.Query<bool>($"select exists (select from orchestrator.saga_summary where id = '{id}')"),
            "it is summed up anew"
        );
        (await Read(from)).Items.ShouldHaveSingleItem().GetRawText().ShouldBe(before.GetRawText());
    }

    [TestCase("after=x", "after")]
    [TestCase("limit=0", "limit")]
    [TestCase("wait=31s", "wait")]
    [TestCase("wait=soon", "wait")]
    public async Task Should_name_the_parameter_that_is_wrong(string query, string name)
    {
        var answer = await system.Api.GetAsync($"/api/v1/outcomes?{query}");
        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(name, out _).ShouldBeTrue();
    }

    private async Task<long> End()
    {
        var next = 0L;
        for (var page = await Read(0, limit: 1000); page.Items.Count > 0; page = await Read(page.Next, limit: 1000))
        {
            next = page.Next;
        }

        return next;
    }

    private async Task<(IReadOnlyList<JsonElement> Items, long Next)> Read(long after, int limit = 100, string? wait = null)
    {
        var page = await system.Api.GetFromJsonAsync<JsonElement>(
            $"/api/v1/outcomes?after={after}&limit={limit}{(wait is null ? string.Empty : "&wait=" + wait)}"
        );
        return ([.. page.GetProperty("items").EnumerateArray()], page.GetProperty("next").GetInt64());
    }
}
