using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

public sealed class When_sagas_are_listed
{
    [Test]
    public async Task Should_page_through_all_of_them_once()
    {
        var api = (await SharedSystem.Get()).Api;
        var started = new List<Guid>();
        for (var number = 0; number < 7; number++)
        {
            started.Add(await api.StartSaga(Order.Of()));
        }

        var listed = await Eventually.Get(
            () => All(api, "type=order-fulfillment&limit=3"),
            found => started.All(found.Contains),
            "all are listed"
        );
        listed.ShouldBeUnique();
        listed.Where(started.Contains).ShouldBe(started.AsEnumerable().Reverse(), "newest first");
    }

    [Test]
    public async Task Should_filter_by_key_and_state()
    {
        var api = (await SharedSystem.Get()).Api;
        var order = Order.Of(street: null);
        await api.Run(order, "Failed");
        var page = await api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas?key={order["orderId"]}&state=Failed");
        var item = page.GetProperty("items").EnumerateArray().Single();
        item.GetProperty("error").GetProperty("step").GetString().ShouldBe("create_shipment");
        (await api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas?key={order["orderId"]}&state=Completed"))
            .GetProperty("items")
            .GetArrayLength()
            .ShouldBe(0);
    }

    [Test]
    public async Task Should_leave_out_fields_that_are_not_asked_for()
    {
        var api = (await SharedSystem.Get()).Api;
        var order = Order.Of();
        await api.StartSaga(order);
        var page = await api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas?key={order["orderId"]}&fields=businessKey,state&count=true");
        page.GetProperty("items")
            .EnumerateArray()
            .Single()
            .EnumerateObject()
            .Select(field => field.Name)
            .ShouldBe(["businessKey", "state"]);
        page.TryGetProperty("countIsExact", out _).ShouldBeTrue();
    }

    [Test]
    public async Task Should_be_found_by_the_columns_of_their_plan()
    {
        var api = (await SharedSystem.Get()).Api;
        var order = Order.Of();
        var id = await api.StartSaga(order);
        var query =
            $"column.customer={order["customerId"]}&column.total.from={order["total"]}&startedFrom={DateTimeOffset.UtcNow.AddMinutes(-5):yyyy-MM-dd'T'HH:mm:ss'Z'}&limit=500";
        var found = await Eventually.Get(() => All(api, query), ids => ids.Contains(id), "it is found");
        found.ShouldContain(id);
    }

    [Test]
    public async Task Should_be_exported_as_csv()
    {
        var api = (await SharedSystem.Get()).Api;
        var order = Order.Of(id: $"=1+\"{Guid.NewGuid():N}\"");
        await api.Run(order, "Completed");
        var path = $"/api/v1/sagas/export?state=Completed&keyPrefix={Uri.EscapeDataString((string)order["orderId"]!)}";
        var lines = await Eventually.Get(
            async () => (await api.GetStringAsync(path)).Split("\r\n"),
            found => found.Length == 3,
            "the saga is exported"
        );
        lines[0].ShouldStartWith("id,type,planVersion,businessKey,state,");
        lines[1].ShouldContain($",\"'{((string)order["orderId"]!).Replace("\"", "\"\"", StringComparison.Ordinal)}\",Completed,");
        lines[2].ShouldBeEmpty();
    }

    [TestCase("application/json", HttpStatusCode.NotAcceptable)]
    [TestCase("application/problem+json", HttpStatusCode.NotAcceptable)]
    [TestCase("text/csv", HttpStatusCode.OK)]
    [TestCase("text/*, application/json;q=0.5", HttpStatusCode.OK)]
    public async Task Should_be_exported_to_who_takes_csv(string accept, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sagas/export?type=nothing");
        request.Headers.Add("Accept", accept);
        using var answer = await (await SharedSystem.Get()).Api.SendAsync(request);
        answer.StatusCode.ShouldBe(status);
    }

    [TestCase("state=Asleep", "state")]
    [TestCase("key=%00", "key")]
    [TestCase("limit=0", "limit")]
    [TestCase("limit=many", "limit")]
    [TestCase("cursor=!", "cursor")]
    [TestCase("cursor=AAAA", "cursor")]
    public async Task Should_refuse_a_bad_filter_by_name(string query, string field)
    {
        var answer = await (await SharedSystem.Get()).Api.GetAsync($"/api/v1/sagas?{query}");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Test]
    public async Task Should_answer_404_for_a_saga_that_does_not_exist()
    {
        var answer = await (await SharedSystem.Get()).Api.GetAsync($"/api/v1/sagas/{Guid.NewGuid()}");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString().ShouldBe("/problems/unknown-saga");
        (await (await SharedSystem.Get()).Api.GetAsync($"/api/v1/sagas/{Guid.NewGuid()}/history")).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );
    }

    private static async Task<IReadOnlyList<Guid>> All(HttpClient api, string query)
    {
        var listed = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await api.GetFromJsonAsync<JsonElement>(
                $"/api/v1/sagas?{query}{(cursor is null ? string.Empty : "&cursor=" + cursor)}"
            );
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        } while (cursor is not null);

        return listed;
    }
}
