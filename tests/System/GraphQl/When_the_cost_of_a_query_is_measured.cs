using GraphQL;
using GraphQLParser;
using SagaOrchestrator.Http.GraphQl;
using SagaOrchestrator.Http.GraphQl.Asking;
using SagaOrchestrator.Http.GraphQl.Limits;

namespace SagaOrchestrator.Tests.GraphQl;

/// <summary>What a query may cost is told from its text and its variables, before anything is asked.</summary>
public sealed class When_the_cost_of_a_query_is_measured
{
    private const string Histories = "{ sagas(first: $n) { nodes { saga { history(first: $m) { nodes { type } } } } } }";

    private GraphQL.Types.Schema types = null!;

    [OneTimeSetUp]
    public void Build() => types = GraphQlSchema.Build();

    [OneTimeTearDown]
    public void Dispose() => types.Dispose();

    [TestCase("($n: Int = 500, $m: Int = 200)", TestName = "what the operation says of variables")]
    [TestCase("($n: Int = 500, $m: Int = 200)", "m", 300L, TestName = "a variable of another kind")]
    public void Should_count(string declared, string? name = null, object? value = null) =>
        Should.Throw<RefusedRead>(() => Measure("query" + declared + Histories, name, value));

    [TestCase("($n: Int = 10, $m: Int = 20)", TestName = "little")]
    [TestCase("($n: Int = 500, $m: Int = 20)", "n", 10, TestName = "little where the operation says more")]
    [TestCase("($n: Int = 500, $m: Int = 20)", "n", null, TestName = "a usual page for null")]
    [TestCase("($n: Int, $m: Int)", TestName = "a usual page for nothing")]
    public void Should_take(string declared, string? name = null, object? value = null) =>
        Should.NotThrow(() => Measure("query" + declared + Histories, name, value));

    [Test]
    public void Should_take_what_the_tools_ask_of_the_schema() => Should.NotThrow(() => Measure(TheToolsQuery.Text));

    [TestCaseSource(nameof(RoundTheSchema))]
    public void Should_not_go_round_in_the_schema(string query) => Should.Throw<RefusedRead>(() => Measure(query));

    private static IEnumerable<TestCaseData> RoundTheSchema()
    {
        yield return Of("fields of types of fields", Nested("fields { type", 3, "name"));
        yield return Of("input fields of types", Nested("inputFields { type", 3, "name"));
        yield return Of("possible types of possible types", Nested("possibleTypes { ofType", 3, "name"));
        yield return Of("wrappers without end", Nested("ofType { ofType", 6, "name"));
        yield return Of(
            "fragments that hide it",
            "{ __type(name: \"Saga\") { ...a } } fragment a on __Type { fields { type { ...b } } } "
                + "fragment b on __Type { fields { type { ...c } } } fragment c on __Type { fields { name } }"
        );
        yield return Of(
            "aliases",
            $"{{ __schema {{ types {{ fields {{ {string.Join(' ', Enumerable.Range(0, 2000).Select(n => $"a{n}: name"))} }} }} }} }}"
        );
    }

    private static TestCaseData Of(string what, string query) => new TestCaseData(query).SetArgDisplayNames(what);

    private static string Nested(string fields, int times, string last) =>
        "{ __type(name: \"Saga\") { "
        + string.Concat(Enumerable.Repeat(fields + " { ", times))
        + last
        + string.Concat(Enumerable.Repeat(" } }", times))
        + " } }";

    private void Measure(string query, string? name = null, object? value = null)
    {
        var variables = name is null ? Inputs.Empty : new Inputs(new Dictionary<string, object?> { [name] = value });
        new QueryCost(types, new GraphQlSettings(), Parser.Parse(query), variables).Measure();
    }
}
