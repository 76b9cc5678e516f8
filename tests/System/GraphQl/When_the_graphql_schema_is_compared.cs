using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GraphQL;
using GraphQL.Types;
using SagaOrchestrator.Engine.Alarms;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Http.Breakers;
using SagaOrchestrator.Http.DeadLetters;
using SagaOrchestrator.Http.Failures;
using SagaOrchestrator.Http.GetHistory;
using SagaOrchestrator.Http.GetSaga;
using SagaOrchestrator.Http.GraphQl;
using SagaOrchestrator.Http.GraphQl.Limits;
using SagaOrchestrator.Http.ListSagas;
using SagaOrchestrator.Http.Outcomes;
using SagaOrchestrator.Http.Plans;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Timers;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.GraphQl;

/// <summary>
/// The schema is written by hand. It has what REST writes, member by member, and clients rely on it: when a difference from the approved
/// text is wanted, copy the received file over the approved one.
/// </summary>
public sealed class When_the_graphql_schema_is_compared
{
    private static readonly Type[] Answers =
    [
        typeof(SagaItem),
        typeof(SagaAmounts),
        typeof(SagaStatus),
        typeof(HistoryItem),
        typeof(SagaExplanation),
        typeof(SagaCount),
        typeof(SagaTypeStatus),
        typeof(PlanItem),
        typeof(PlanDetails),
        typeof(ParticipantStatus),
        typeof(FailureItem),
        typeof(StatisticsReport),
        typeof(Alarm),
        typeof(OutcomePage),
        typeof(TimerList),
        typeof(DeadLetterItem),
        typeof(DeadLetterStatus),
        typeof(DeadLetterGroupItem),
    ];

    // What is there for GraphQL alone.
    private static readonly string[] OwnTypes =
    [
        "Query",
        "Total",
        "PageInfo",
        "SagaConnection",
        "SagaEdge",
        "HistoryConnection",
        "HistoryEdge",
        "DeadLetterConnection",
        "DeadLetterEdge",
    ];

    private readonly HashSet<Type> written = [];

    [OneTimeSetUp]
    public void Walk() => Array.ForEach(Answers, Walk);

    [Test]
    public void Should_have_every_type_that_rest_writes_and_no_other() =>
        GraphQlClient
            .Types.AllTypes.Where(type =>
                type is IObjectGraphType or EnumerationGraphType && !type.Name.StartsWith("__", StringComparison.Ordinal)
            )
            .Select(type => type.Name)
            .Except(OwnTypes)
            .ShouldBe(written.Select(NameOf), ignoreOrder: true);

    [Test]
    public void Should_have_every_member_and_say_of_each_whether_it_may_be_null()
    {
        foreach (var type in written.Where(type => !type.IsEnum))
        {
            var members = ApiJson
                .Options.GetTypeInfo(type)
                .Properties.Where(property => property.Get is not null)
                .Select(property => property.Name + (MayBeNull(property) ? string.Empty : "!"));
            ((IObjectGraphType)GraphQlClient.Types.AllTypes[NameOf(type)]!)
                .Fields.Where(field => !field.HasMetadata(QueryCost.AsksMark))
                .Select(field => field.Name + (field.ResolvedType is NonNullGraphType ? "!" : string.Empty))
                .ShouldBe(members, ignoreOrder: true, NameOf(type));
        }
    }

    [Test]
    public void Should_have_every_word()
    {
        foreach (var type in written.Where(type => type.IsEnum))
        {
            ((EnumerationGraphType)GraphQlClient.Types.AllTypes[NameOf(type)]!)
                .Values.Select(word => word.Name)
                .ShouldBe(Enum.GetNames(type), NameOf(type));
        }
    }

    [TestCase("SagaFilter", typeof(ListParameters), "columns", "sort")]
    [TestCase("DeadLetterFilter", typeof(DeadLetterParameters), null, null)]
    public void Should_have_every_filter(string filter, Type parameters, string? own, string? elsewhere) =>
        ((IInputObjectGraphType)GraphQlClient.Types.AllTypes[filter]!)
            .Fields.Select(field => field.Name)
            .Where(name => name != own)
            .ShouldBe(
                parameters
                    .GetProperties()
                    .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))
                    .Where(name => name != elsewhere)
            );

    [Test]
    public void Should_have_no_way_to_change_anything() =>
        (GraphQlClient.Types.Mutation, GraphQlClient.Types.Subscription).ShouldBe((null, null));

    [Test]
    public void Should_be_as_approved()
    {
        var file = Path.Combine(TestServers.Root, "tests/System/Contracts/graphql.approved.graphql");
        if (!File.Exists(file) || File.ReadAllText(file) != GraphQlSchema.Text)
        {
            var received = Path.Combine(TestContext.CurrentContext.WorkDirectory, "graphql.received.graphql");
            File.WriteAllText(received, GraphQlSchema.Text);
            Assert.Fail($"The schema changed. If that is wanted: cp {received} {file}");
        }
    }

    private void Walk(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        var info = ApiJson.Options.GetTypeInfo(bare);
        if (info.Kind == JsonTypeInfoKind.Enumerable)
        {
            Walk(info.ElementType!);
        }
        else if ((bare.IsEnum || info.Kind == JsonTypeInfoKind.Object) && written.Add(bare))
        {
            foreach (var property in info.Properties.Where(property => property.Get is not null))
            {
                Walk(property.PropertyType);
            }
        }
    }

    private static bool MayBeNull(JsonPropertyInfo property) =>
        property.IsGetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null;

    private static string NameOf(Type type) => type == typeof(SagaStatus) ? "Saga" : type.Name;
}
