using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Http;

public sealed class When_a_query_parameter_is_wrong
{
    private const string Sagas = "/api/v1/sagas";
    private HttpClient api = null!;

    [OneTimeSetUp]
    public async Task Get() => api = (await SharedSystem.Get()).Api;

    [TestCase("?startedAfter=2026-01-01&minTotal=5", "startedAfter", "type, version, state, step, participant, waitsFor")]
    [TestCase("?startedAfter=2026-01-01&minTotal=5", "minTotal", "type, version, state, step, participant, waitsFor")]
    [TestCase("?state=Parked&state=Failed", "state", "once")]
    [TestCase("?state=", "state", "leave it out")]
    [TestCase("?state=parked", "state", "Parked")]
    [TestCase("?limit=0", "limit", "1 to 500")]
    [TestCase("?limit=-1", "limit", "1 to 500")]
    [TestCase("?limit=501", "limit", "1 to 500")]
    [TestCase("?limit=1e2", "limit", "1 to 500")]
    [TestCase("?limit=%2050", "limit", "1 to 500")]
    [TestCase("?cursor=nope", "cursor", "next")]
    [TestCase("?key=a%00b", "key", "NUL")]
    [TestCase("?keyPrefix=a%00b", "keyPrefix", "NUL")]
    [TestCase("?state=Parked,", "state", "separated by commas")]
    [TestCase("?waitsFor=None", "waitsFor", "Reply, Retry, Enquiry, Signal, Operator")]
    [TestCase("?version=0", "version", "from 1")]
    [TestCase("?waitsLongerThan=5", "waitsLongerThan", "30s, 5m, 2h or 1d")]
    [TestCase("?waitsLongerThan=-5m", "waitsLongerThan", "30s, 5m, 2h or 1d")]
    [TestCase("?startedFrom=yesterday", "startedFrom", "2026-01-31")]
    [TestCase("?endedBefore=01/02/2026", "endedBefore", "2026-01-31")]
    [TestCase("?undone=yes", "undone", "true or false")]
    [TestCase("?stuck=1", "stuck", "true or false")]
    [TestCase("?sort=total", "sort", "started, updated, ended, waiting")]
    [TestCase("?sort=--started", "sort", "started, updated, ended, waiting")]
    [TestCase("?fields=id,colour", "fields", "businessKey")]
    [TestCase("?count=yes", "count", "true or false")]
    [TestCase("?column.colour=red", "column.colour", "The columns are: ")]
    [TestCase("?column.=red", "column.", "no such query parameter")]
    public async Task Should_be_named_in_a_list_of_sagas(string query, string parameter, string says) =>
        (await (await api.GetAsync(Sagas + query)).ShouldBeProblem(ProblemTypes.InvalidRequest)).Error(parameter).ShouldContain(says);

    [TestCase("after=-1")]
    [TestCase("after=abc")]
    [TestCase("after=99999999999")]
    public async Task Should_be_named_in_a_history(string query) =>
        (await (await api.GetAsync($"{Sagas}/{Guid.NewGuid()}/history?{query}")).ShouldBeProblem(ProblemTypes.InvalidRequest))
            .Error("after")
            .ShouldContain("whole number");

    [TestCase("/summary?type=order-fulfillment")]
    [TestCase("/6f1c5d1e-0000-4000-8000-000000000001?fields=state")]
    public async Task Should_be_named_where_there_are_none(string path)
    {
        var problem = await (await api.GetAsync(Sagas + path)).ShouldBeProblem(ProblemTypes.InvalidRequest);
        problem.GetProperty("errors").EnumerateObject().ShouldHaveSingleItem().Value[0].GetString()!.ShouldContain("no query parameters");
    }

    [Test]
    public async Task Should_start_nothing()
    {
        var order = Order.Of();
        var answer = await api.PostJson(Sagas + "/order-fulfillment?dryRun=true", order.ToJsonString());
        (await answer.ShouldBeProblem(ProblemTypes.InvalidRequest)).ErrorPaths().ShouldBe(["dryRun"]);
        (await api.GetStringAsync($"{Sagas}?key={order["orderId"]}")).ShouldNotContain((string)order["orderId"]!);
    }

    [Test]
    public async Task Should_be_cut_when_its_name_is_long_and_not_listed_for_ever()
    {
        var query = string.Join('&', Enumerable.Range(0, 500).Select(number => $"p{number}=1")) + "&" + new string('n', 2000) + "=1";
        var problem = await (await api.GetAsync($"{Sagas}?{query}")).ShouldBeProblem(ProblemTypes.InvalidRequest);
        problem.ErrorPaths().Count().ShouldBe(10);
        problem = await (await api.GetAsync($"{Sagas}?{new string('n', 2000)}=1")).ShouldBeProblem(ProblemTypes.InvalidRequest);
        problem.ErrorPaths().Single().Length.ShouldBeLessThan(110);
    }
}
