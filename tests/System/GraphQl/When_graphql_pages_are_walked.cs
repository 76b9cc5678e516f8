using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.GraphQl;

/// <summary>Pages as Relay has them, with the cursors of REST; and how many queries one page is.</summary>
public sealed class When_graphql_pages_are_walked
{
    private const int Sagas = 50;

    private RunningSystem system = null!;
    private string prefix = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        system = await RunningSystem.Start();
        prefix = Order.NewId() + "-";
        await Task.WhenAll(
            Enumerable.Range(0, Sagas).Select(number => system.Api.StartSaga(Order.Of(id: $"{prefix}{number}", quantity: 1)))
        );
        await Eventually.True(
            async () => (await Rest("state=Completed&limit=500")).GetProperty("items").GetArrayLength() == Sagas,
            "all are listed"
        );
    }

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_go_forwards_and_backwards_through_all_of_them()
    {
        var all = Ids((await Rest("limit=500")).GetProperty("items"));
        var forwards = await Walk("first", "after", "hasNextPage", "endCursor", all.Count);
        forwards.SelectMany(page => page).ShouldBe(all);
        forwards.Select(page => page.Count).ShouldBe([20, 20, 10]);
        var backwards = await Walk("last", "before", "hasPreviousPage", "startCursor", all.Count);
        backwards.Reverse().SelectMany(page => page).ShouldBe(all);
    }

    [Test]
    public async Task Should_go_on_where_a_page_of_rest_ends_and_the_other_way_round()
    {
        var rest = await Rest("limit=20");
        var second = await Page($"first: 20, after: \"{rest.GetProperty("next").GetString()}\"");
        Nodes(second).ShouldBe(Ids((await Rest($"limit=20&cursor={rest.GetProperty("next").GetString()}")).GetProperty("items")));
        var end = second.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        Nodes(await Page($"first: 20, after: \"{end}\"")).ShouldBe(Ids((await Rest($"limit=20&cursor={end}")).GetProperty("items")));
        var back = await Page($"last: 20, before: \"{second.GetProperty("pageInfo").GetProperty("startCursor").GetString()}\"");
        Nodes(back).ShouldBe(Ids(rest.GetProperty("items")));
    }

    [Test]
    public async Task Should_go_through_a_history()
    {
        var id = Ids((await Rest("limit=1")).GetProperty("items"))[0];
        var all = (await system.Api.History(id)).Select(entry => entry.GetProperty("version").GetInt32()).ToList();
        var (read, after) = (new List<int>(), "0");
        while (true)
        {
            var history = (
                await system.Api.Ask(
                    $"{{ saga(id: \"{id}\") {{ history(first: 3, after: \"{after}\") {{ nodes {{ version }} pageInfo {{ hasNextPage endCursor }} }} }} }}"
                )
            )
                .GetProperty("saga")
                .GetProperty("history");
            read.AddRange(history.GetProperty("nodes").EnumerateArray().Select(entry => entry.GetProperty("version").GetInt32()));
            after = history.GetProperty("pageInfo").GetProperty("endCursor").GetString()!;
            if (!history.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean())
            {
                break;
            }
        }

        read.ShouldBe(all);
    }

    [Test]
    public async Task Should_ask_the_database_as_often_for_fifty_as_for_one()
    {
        var one = await Queries(1);
        var fifty = await Queries(Sagas);
        fifty.Count.ShouldBe(one.Count, string.Join('\n', fifty));
        // The list; sagas, histories and letters for their status; sagas and histories for explanations; the same for pages of history.
        one.Count.ShouldBe(8, string.Join('\n', one));
    }

    [TestCase("first: 0", "first")]
    [TestCase("first: 501", "first")]
    [TestCase("last: 501", "last")]
    [TestCase("first: 5, last: 5", "last")]
    [TestCase("first: 5, before: \"x\"", "last")]
    [TestCase("after: \"nonsense\"", "after")]
    [TestCase("sort: \"size\"", "sort")]
    [TestCase("filter: { startedFrom: \"tomorrow\" }", "startedFrom")]
    [TestCase("filter: { waitsFor: [\"Godot\"] }", "waitsFor")]
    [TestCase("filter: { type: [\"a,b\"] }", "type")]
    [TestCase("filter: { columns: [{ name: \"colour\", value: \"red\" }] }", "column.colour")]
    public async Task Should_name_the_argument_that_is_wrong(string arguments, string named)
    {
        var error = (await system.Api.Errors($"{{ sagas({arguments}) {{ nodes {{ id }} }} }}")).ShouldHaveSingleItem();
        error.ShouldBe(ProblemTypes.InvalidRequest).GetProperty("errors").TryGetProperty(named, out _).ShouldBeTrue(error.GetRawText());
        error.GetProperty("path")[0].GetString().ShouldBe("sagas");
    }

    private async Task<IReadOnlyList<string>> Queries(int size)
    {
        using var counted = new CountedQueries();
        using var request = new HttpRequestMessage(HttpMethod.Post, GraphQlClient.Path)
        {
            Content = JsonContent.Create(
                new
                {
                    query = $$"""
                    { sagas(first: {{size}}, filter: { keyPrefix: "{{prefix}}" }) { nodes { id saga {
                        state steps { name state } verdict { kind } deadLetters { id } timers { dueAt }
                        history(first: 5) { nodes { type } } explain { sentences }
                    } } } }
                    """,
                }
            ),
        };
        request.Headers.Add("traceparent", counted.TraceParent);
        var answer = JsonElement.Parse(await (await system.Api.SendAsync(request)).Content.ReadAsStringAsync());
        var nodes = answer.GetProperty("data").GetProperty("sagas").GetProperty("nodes").EnumerateArray().ToList();
        nodes.Count.ShouldBe(size);
        nodes.ShouldAllBe(node => node.GetProperty("saga").GetProperty("history").GetProperty("nodes").GetArrayLength() == 5);
        nodes.ShouldAllBe(node => node.GetProperty("saga").GetProperty("explain").GetProperty("sentences").GetArrayLength() > 0);
        return counted.Statements;
    }

    private async Task<IReadOnlyList<IReadOnlyList<Guid>>> Walk(string size, string from, string more, string cursor, int most)
    {
        var (pages, place) = (new List<IReadOnlyList<Guid>>(), string.Empty);
        while (pages.Count <= most)
        {
            var page = await Page($"{size}: 20{place}");
            pages.Add(Nodes(page));
            place = $", {from}: \"{page.GetProperty("pageInfo").GetProperty(cursor).GetString()}\"";
            if (!page.GetProperty("pageInfo").GetProperty(more).GetBoolean())
            {
                break;
            }
        }

        return pages;
    }

    private async Task<JsonElement> Page(string arguments) =>
        (
            await system.Api.Ask(
                $"{{ sagas({arguments}, filter: {{ keyPrefix: \"{prefix}\" }}) {{ edges {{ cursor node {{ id }} }} nodes {{ id }} "
                    + "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"
            )
        ).GetProperty("sagas");

    private static IReadOnlyList<Guid> Nodes(JsonElement page)
    {
        var nodes = Ids(page.GetProperty("nodes"));
        page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node").GetProperty("id").GetGuid()).ShouldBe(nodes);
        return nodes;
    }

    private static IReadOnlyList<Guid> Ids(JsonElement items) =>
        [.. items.EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];

    private Task<JsonElement> Rest(string query) => system.Api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas?keyPrefix={prefix}&{query}");
}
