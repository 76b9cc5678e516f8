using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Http.GraphQl;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Messaging.Settings;
using SagaOrchestrator.Server;
using SagaOrchestrator.Tests.Access;
using SagaOrchestrator.Tests.Http;

namespace SagaOrchestrator.Tests.GraphQl;

/// <summary>Whatever is asked, the answer says what is wrong and what to do, and costs little.</summary>
public sealed class When_a_graphql_query_is_refused
{
    private MemoryHost host = null!;

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Refuses("no GraphQL", "{ sagas(", GraphQlProblems.Syntax);
        yield return Refuses("a comment alone", "# sagas", GraphQlProblems.Invalid);
        yield return Refuses("a fragment alone", "fragment a on Query { summary { count } }", GraphQlProblems.Invalid);
        yield return Refuses(
            "two operations and no name",
            "query A { summary { count } } query B { summary { count } }",
            GraphQlProblems.Invalid
        );
        yield return Refuses("an unknown field", "{ sagas { nodes { secret } } }", GraphQlProblems.Invalid);
        yield return Refuses("an unknown argument", "{ sagas(page: 2) { nodes { id } } }", GraphQlProblems.Invalid);
        yield return Refuses("an unknown filter", "{ sagas(filter: { colour: \"red\" }) { nodes { id } } }", GraphQlProblems.Invalid);
        yield return Refuses("an unknown state", "{ sagas(filter: { state: [Happy] }) { nodes { id } } }", GraphQlProblems.Invalid);
        yield return Refuses("no UUID", "{ saga(id: \"17\") { id } }", GraphQlProblems.Invalid);
        yield return Refuses("a mutation", "mutation { cancel(id: 1) { id } }", GraphQlProblems.Invalid);
        yield return Refuses("a subscription", "subscription { sagas { id } }", GraphQlProblems.Invalid);
        yield return Refuses("a variable that is not there", "{ saga(id: $id) { id } }", GraphQlProblems.Invalid);
        yield return Refuses("a fragment in itself", "{ ...a } fragment a on Query { ...a }", GraphQlProblems.Invalid);
        yield return Refuses("introspection", "{ __schema { types { name } } }", GraphQlProblems.NoIntrospection);
        yield return Refuses("introspection of a type", "{ __type(name: \"Saga\") { name } }", GraphQlProblems.NoIntrospection);
        yield return Refuses("depth", Nested(20), GraphQlProblems.TooMuch);
        yield return Refuses("depth beyond reading", Nested(1500), GraphQlProblems.TooMuch);
        yield return Refuses("a large page of large histories", Page(500, 200), GraphQlProblems.TooMuch);
        yield return Refuses(
            "aliases",
            $"{{ {string.Join(' ', Enumerable.Range(0, 21).Select(n => $"a{n}: summary {{ count }}"))} }}",
            GraphQlProblems.TooMuch
        );
        yield return Refuses("aliases of what is read of each saga", Aliases(21), GraphQlProblems.TooMuch);
        yield return Refuses("fragments that double", Doubling(30), GraphQlProblems.TooMuch);
        yield return Refuses(
            "fragments that double, without a field",
            Doubling(30).Replace("id", "...e", StringComparison.Ordinal) + " fragment e on SagaItem { __typename }",
            GraphQlProblems.TooMuch
        );
    }

    [OneTimeSetUp]
    public async Task Start() => host = await MemoryHost.Start();

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [TestCaseSource(nameof(Refused))]
    public async Task Should_say_what_is_wrong_and_what_to_do(string query, string code)
    {
        var errors = await host.Api.Errors(query);
        errors[0].ShouldBe(GraphQlProblems.All.Single(type => type.Name == code));
        errors.ShouldAllBe(error =>
            !error.GetRawText().Contains("Exception", StringComparison.Ordinal) && !error.GetRawText().Contains("   at ")
        );
    }

    [Test]
    public async Task Should_count_what_a_variable_says()
    {
        var query = "query($n: Int) { sagas(first: $n) { nodes { saga { history(first: 200) { nodes { type } } } } } }";
        (await host.Api.Errors(query, new { n = 500 })).ShouldHaveSingleItem().ShouldBe(GraphQlProblems.TooMuch);
        var declared = query.Replace("$n: Int", "$n: Int = 500", StringComparison.Ordinal);
        (await host.Api.Errors(declared)).ShouldHaveSingleItem().ShouldBe(GraphQlProblems.TooMuch);
        (await host.Api.Ask(query, new { n = 10 })).GetProperty("sagas").GetProperty("nodes").GetArrayLength().ShouldBe(0);
    }

    [TestCase("[{ \"query\": \"{ summary { count } }\" }]", TestName = "a batch")]
    [TestCase("{}", TestName = "no query")]
    [TestCase("{ \"query\": 7 }", TestName = "a query that is no text")]
    [TestCase("{ \"query\": \"\" }", TestName = "an empty query")]
    [TestCase("{ \"query\": \"{ summary { count } }\", \"variables\": 7 }", TestName = "variables that are no object")]
    [TestCase("{ \"query\": \"{ summary { count } }\", \"extensions\": {} }", TestName = "something more")]
    [TestCase("{ \"query\": ", TestName = "no JSON")]
    public async Task Should_refuse_a_body_that_is_no_request(string body) =>
        await (await host.Api.PostJson(GraphQlClient.Path, body)).ShouldBeProblem(ProblemTypes.InvalidRequest);

    [Test]
    public async Task Should_take_nothing_but_JSON()
    {
        using var form = new StringContent("{ summary { count } }", System.Text.Encoding.UTF8, "application/graphql");
        await (await host.Api.PostAsync(GraphQlClient.Path, form)).ShouldBeProblem(ProblemTypes.UnsupportedMediaType);
        (await host.Api.GetAsync(GraphQlClient.Path)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Test]
    public async Task Should_answer_what_can_be_read_beside_what_cannot()
    {
        using var answer = await host.Api.PostQuery("{ summary { count } alarms(limit: 0) { kind } }");
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        body.GetProperty("data").GetProperty("summary").GetArrayLength().ShouldBe(0);
        body.GetProperty("data").GetProperty("alarms").ValueKind.ShouldBe(JsonValueKind.Null);
        body.GetProperty("errors")[0].ShouldBe(ProblemTypes.InvalidRequest);
    }

    [Test]
    public async Task Should_take_as_many_reads_of_the_callers_limit_as_it_asks_for()
    {
        await using var limited = await MemoryHost.Start([.. MemoryHost.Keys("shop=read"), "RateLimits:Window=1h", "RateLimits:Reads=5"]);
        var three = await Send(limited, "shop", "{ a: summary { count } b: summary { count } c: summary { count } }");
        three.Headers.GetValues("RateLimit").Single().ShouldStartWith("\"reads\";r=2;");
        var more = await (
            await Send(limited, "shop", "{ a: summary { count } b: summary { count } c: summary { count } }")
        ).Content.ReadFromJsonAsync<JsonElement>();
        more.GetProperty("errors")[0].ShouldBe(ProblemTypes.TooManyRequests);
        await (await Send(limited, key: null, "{ summary { count } }")).ShouldBeProblem(ProblemTypes.Unauthenticated);
    }

    [Test]
    public async Task Should_let_in_who_may_read_and_nobody_else()
    {
        await using var guarded = await MemoryHost.Start([.. MemoryHost.Keys("reader=read", "starter=start", "operator=operate")]);
        await (await Send(guarded, "starter", "{ summary { count } }")).ShouldBeProblem(ProblemTypes.Forbidden);
        (await Send(guarded, "reader", "{ summary { count } }")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Send(guarded, "operator", "{ summary { count } }")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await guarded.Get(GraphQlClient.Path + "/schema", "starter")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task Should_tell_of_the_schema_where_that_is_configured_and_as_a_document_always()
    {
        (await host.Api.GetStringAsync(GraphQlClient.Path + "/schema")).ShouldBe(GraphQlSchema.Text);
        await using var open = await MemoryHost.Start("GraphQl:Introspection=true");
        var types = (
            await open.Api.Ask(
                "{ __schema { types { name fields { name type { name ofType { name ofType { name ofType { name } } } } } } } }"
            )
        )
            .GetProperty("__schema")
            .GetProperty("types");
        var round = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
        (await open.Api.Errors(round)).ShouldHaveSingleItem().ShouldBe(GraphQlProblems.TooMuch);
        types.EnumerateArray().Select(type => type.GetProperty("name").GetString()).ShouldContain("SagaExplanation");
        await using var development = await MemoryHost.Start("environment=Development");
        (await development.Api.Ask("{ __type(name: \"Saga\") { name } }"))
            .GetProperty("__type")
            .GetProperty("name")
            .GetString()
            .ShouldBe("Saga");
    }

    [TestCase("GraphQl:MaxDepth=0", "GraphQl:MaxDepth")]
    [TestCase("GraphQl:MaxReads=0", "GraphQl:MaxReads")]
    [TestCase("GraphQl:MaxComplexity=-1", "GraphQl:MaxComplexity")]
    [TestCase("GraphQl:Introspection=maybe", "GraphQl:Introspection")]
    [TestCase("GraphQl:MaxWidth=3", "GraphQl:MaxWidth")]
    public void Should_not_start_with_a_wrong_setting(string setting, string named) =>
        Should
            .Throw<InvalidSettingException>(() => OrchestratorApp.Build(["--ConnectionStrings:Orchestrator=Host=none", "--" + setting]))
            .Message.ShouldContain(named);

    private static Task<HttpResponseMessage> Send(MemoryHost to, string? key, string query) =>
        to.Send(new HttpRequestMessage(HttpMethod.Post, GraphQlClient.Path) { Content = JsonContent.Create(new { query }) }, key);

    private static TestCaseData Refuses(string what, string query, ProblemType type) =>
        new TestCaseData(query, type.Name).SetArgDisplayNames(what, type.Name);

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("{ sagas ", depth)) + "{ id }" + string.Concat(Enumerable.Repeat(" }", depth));

    private static string Page(int sagas, int entries) =>
        $"{{ sagas(first: {sagas}) {{ nodes {{ saga {{ history(first: {entries}) {{ nodes {{ type }} }} }} }} }} }}";

    private static string Aliases(int count) =>
        "{ sagas { nodes { saga { "
        + string.Join(' ', Enumerable.Range(1, count).Select(n => $"h{n}: history(first: {n}) {{ nodes {{ type }} }}"))
        + " } } } }";

    private static string Doubling(int times) =>
        "{ sagas(first: 1) { nodes { ...f0 } } } "
        + string.Join(' ', Enumerable.Range(0, times).Select(n => $"fragment f{n} on SagaItem {{ ...f{n + 1} ...f{n + 1} }}"))
        + $" fragment f{times} on SagaItem {{ id }}";
}
