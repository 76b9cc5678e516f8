using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.DeadLetters;
using SagaOrchestrator.Tests.Servers;
using static SagaOrchestrator.Tests.GraphQl.GraphQlClient;

namespace SagaOrchestrator.Tests.GraphQl;

/// <summary>The same sagas over both, every field: same values, same spelling of states, times and amounts.</summary>
public sealed class When_graphql_is_compared_with_rest
{
    private RunningSystem system = null!;
    private string prefix = null!;
    private Guid completed;
    private Guid failed;
    private Guid waiting;
    private Guid parked;
    private Guid letter;

    private HttpClient Api => system.Api;

    [OneTimeSetUp]
    public async Task Start()
    {
        system = await RunningSystem.Start(settings =>
        {
            settings["OrderFulfillment:StepTimeout"] = "00:00:02";
            settings["OrderFulfillment:FirstRetryDelay"] = "00:00:00.200";
            settings["OrderFulfillment:CompensationAttempts"] = "2";
            settings["Payments:GatewayPatience"] = "00:00:00.200";
        });
        prefix = Order.NewId() + "-é,\"";
        completed = await Started(Order.Of(id: prefix + 1), "Completed");
        failed = await Started(Order.Of(id: prefix + 2, token: "tok_declined"), "Failed");
        parked = await Started(Order.Of(id: prefix + 3, quantity: 1, unitPrice: 1, token: "tok_norefund", street: null), "Parked");
        var order = Order.Business(unitPrice: 600);
        order["orderId"] = prefix + 4;
        waiting = await Api.StartSaga(order, "business-order");
        await Api.WaitForStep(waiting, "await_approval", "Signal");
        letter = (await system.Spoil("inventory", "{ this is not JSON"))[0];
        await Eventually.True(
            async () => (await Rest($"/sagas?keyPrefix={Escaped}&count=true&{Settled}")).GetProperty("count").GetInt32() == 4,
            "all are listed"
        );
        await Eventually.True(async () => (await Rest("/alarms")).GetProperty("items").GetArrayLength() >= 2, "the alarms are raised");
    }

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    private string Escaped => Uri.EscapeDataString(prefix);

    private const string Settled = "state=Completed,Failed,Parked,Pending";

    [TestCase("completed")]
    [TestCase("failed")]
    [TestCase("parked")]
    [TestCase("waiting")]
    public async Task Should_answer_the_same_of_one_saga(string which)
    {
        var id = which switch
        {
            "completed" => completed,
            "failed" => failed,
            "parked" => parked,
            _ => waiting,
        };
        var rest = await Rest($"/sagas/{id}");
        var asked = await Api.Ask($"query($id: UUID!) {{ saga(id: $id) {AllOf("Saga")} }}", new { id });
        asked.GetProperty("saga").ShouldBeAsInRest(rest);
        var byKey = await Api.Ask(
            $"query($type: String!, $key: String!) {{ sagaByKey(type: $type, businessKey: $key) {AllOf("Saga")} }}",
            new { type = rest.GetProperty("type").GetString(), key = rest.GetProperty("businessKey").GetString() }
        );
        byKey.GetProperty("sagaByKey").ShouldBeAsInRest(rest);
    }

    [Test]
    public async Task Should_answer_the_same_history()
    {
        var rest = await Rest($"/sagas/{failed}/history");
        var history = (await Api.Ask($"{{ saga(id: \"{failed}\") {{ history(first: 200) {{ nodes {AllOf("HistoryItem")} }} }} }}"))
            .GetProperty("saga")
            .GetProperty("history");
        history.GetProperty("nodes").GetArrayLength().ShouldBeGreaterThan(3);
        history.GetProperty("nodes").ShouldBeAsInRest(rest.GetProperty("items"));
    }

    [Test]
    public async Task Should_explain_in_the_same_words()
    {
        // An explanation holds for its moment, and the broker's numbers change.
        var rest = await Rest($"/sagas/{completed}/explain");
        var now = rest.GetProperty("now").GetRawText();
        var asked = (await Api.Ask($"{{ saga(id: \"{completed}\") {{ explain {AllOf("SagaExplanation")} }} }}"))
            .GetProperty("saga")
            .GetProperty("explain");
        JsonElement
            .Parse(asked.GetRawText().Replace(asked.GetProperty("now").GetRawText(), now, StringComparison.Ordinal))
            .ShouldBeAsInRest(rest);
    }

    [TestCase("", "")]
    [TestCase(", state: [Parked, Failed]", "&state=Parked,Failed")]
    [TestCase(", type: [\"business-order\"], waitsFor: [\"Signal\"]", "&type=business-order&waitsFor=Signal")]
    [TestCase(", undone: true", "&undone=true")]
    [TestCase(", verdict: [Completed]", "&verdict=Completed")]
    [TestCase(", participant: [\"payments\"]", "&participant=payments")]
    [TestCase(
        ", startedFrom: \"2020-01-01\", updatedBefore: \"2999-01-01T00:00:00Z\"",
        "&startedFrom=2020-01-01&updatedBefore=2999-01-01T00:00:00Z"
    )]
    [TestCase(
        ", columns: [{ name: \"total\", from: \"20\" }, { name: \"customer\", value: \"customer-1\" }]",
        "&column.total.from=20&column.customer=customer-1"
    )]
    public async Task Should_find_the_same(string filter, string parameters)
    {
        var rest = await Rest($"/sagas?keyPrefix={Escaped}&count=true&amounts=true{parameters}");
        var sagas = (
            await Api.Ask(
                $"query($prefix: String) {{ sagas(filter: {{ keyPrefix: $prefix{filter} }}) {{ nodes {AllOf("SagaItem")} total {{ count isExact }} amounts {AllOf("SagaAmounts")} }} }}",
                new { prefix }
            )
        ).GetProperty("sagas");
        rest.GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);
        sagas.GetProperty("nodes").ShouldBeAsInRest(rest.GetProperty("items"));
        sagas.GetProperty("total").GetProperty("count").GetInt64().ShouldBe(rest.GetProperty("count").GetInt64());
        sagas.GetProperty("total").GetProperty("isExact").GetBoolean().ShouldBe(rest.GetProperty("countIsExact").GetBoolean());
        sagas.GetProperty("amounts").GetProperty("sums").ShouldBeAsInRest(rest.GetProperty("amounts"));
        sagas.GetProperty("amounts").GetProperty("areExact").GetBoolean().ShouldBe(rest.GetProperty("amountsAreExact").GetBoolean());
    }

    [TestCase("summary", "SagaCount", "/sagas/summary", "counts")]
    [TestCase("sagaTypes", "SagaTypeStatus", "/saga-types", "items")]
    [TestCase("plans", "PlanItem", "/plans", "items")]
    [TestCase("participants", "ParticipantStatus", "/participants", "items")]
    [TestCase("alarms", "Alarm", "/alarms?limit=100", "items")]
    [TestCase("failures(limit: 10)", "FailureItem", "/failures?limit=10", "items")]
    [TestCase("deadLetterGroups", "DeadLetterGroupItem", "/dead-letters/groups", "items")]
    [TestCase("plan(type: \"order-fulfillment\", version: 1)", "PlanDetails", "/plans/order-fulfillment/1", null)]
    [TestCase("statistics(by: \"day\")", "StatisticsReport", "/statistics?by=day", null)]
    [TestCase("outcomes", "OutcomePage", "/outcomes", null)]
    [TestCase("timers(limit: 5)", "TimerList", "/timers?limit=5", null)]
    public async Task Should_answer_the_same_of_all(string field, string type, string path, string? items)
    {
        // What is counted a second later may be counted between the two.
        var differs = await Eventually.Get(
            async () =>
            {
                var rest = await Rest(path);
                var asked = (await Api.Ask($"{{ {field} {AllOf(type)} }}")).GetProperty(field.Split('(')[0]);
                return Record(() => asked.ShouldBeAsInRest(items is null ? rest : rest.GetProperty(items)));
            },
            wrong => wrong is null,
            $"{field} is as {path}"
        );
        differs.ShouldBeNull();
    }

    [Test]
    public async Task Should_answer_the_same_dead_letters()
    {
        var asked = await Api.Ask(
            $"{{ deadLetters {{ nodes {AllOf("DeadLetterItem")} }} deadLetter(id: \"{letter}\") {AllOf("DeadLetterStatus")} }}"
        );
        var (rest, one) = (await Rest("/dead-letters"), await Rest($"/dead-letters/{letter}"));
        WithoutAge(asked.GetProperty("deadLetters").GetProperty("nodes")).ShouldBeAsInRest(WithoutAge(rest.GetProperty("items")));
        WithoutAge(asked.GetProperty("deadLetter")).ShouldBeAsInRest(WithoutAge(one));
    }

    [Test]
    public async Task Should_answer_nothing_where_rest_says_that_there_is_none()
    {
        var none = Guid.NewGuid();
        var asked = await Api.Ask(
            $"{{ saga(id: \"{none}\") {{ id }} sagaByKey(type: \"order-fulfillment\", businessKey: \"none\") {{ id }} "
                + $"deadLetter(id: \"{none}\") {{ got }} plan(type: \"none\", version: 1) {{ type }} }}"
        );
        asked.EnumerateObject().ShouldAllBe(member => member.Value.ValueKind == JsonValueKind.Null);
    }

    // It is another second when the second of the two is asked.
    private static JsonElement WithoutAge(JsonElement letters)
    {
        var json = JsonNode.Parse(letters.GetRawText())!;
        foreach (var one in json is JsonArray several ? several.ToList() : [json["letter"]])
        {
            one!.AsObject().Remove("ageSeconds");
        }

        return JsonElement.Parse(json.ToJsonString());
    }

    private static ShouldAssertException? Record(Action compare)
    {
        try
        {
            compare();
            return null;
        }
        catch (ShouldAssertException exception)
        {
            return exception;
        }
    }

    private async Task<Guid> Started(JsonNode order, string state) => (await Api.Run(order, state)).GetProperty("id").GetGuid();

    private Task<JsonElement> Rest(string path) => Api.GetFromJsonAsync<JsonElement>("/api/v1" + path);
}
