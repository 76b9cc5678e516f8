using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Http;

/// <summary>The bodies of signals and of operators' actions.</summary>
public sealed class When_a_small_body_is_wrong
{
    private HttpClient api = null!;

    [OneTimeSetUp]
    public async Task Get() => api = (await SharedSystem.Get()).Api;

    [TestCase("cancel", """{"by": 5, "reason": "r"}""", "by")]
    [TestCase("cancel", """{"by": "a", "reason": ["r"]}""", "reason")]
    [TestCase("cancel", """{"by": "a", "reason": "r", "why": "r"}""", "why")]
    [TestCase("cancel", """{"By": "a", "reason": "r"}""", "By")]
    [TestCase("cancel", """{"by": "a"}""", "reason")]
    [TestCase("cancel", """{"by": "\u0000", "reason": "r"}""", "by")]
    [TestCase("cancel", """{"by": "\ud83d", "reason": "r"}""", "by")]
    [TestCase("retry", """{"by": "a", "reason": "r", "step": {}}""", "step")]
    [TestCase("skip", """{"by": "a", "reason": "r", "steps": "s"}""", "steps")]
    [TestCase("resolve", """{"by": "a", "reason": "r", "step": "s", "outcome": true}""", "outcome")]
    [TestCase("resolve", """{"by": "a", "reason": "r", "step": "s", "outcome": "done", "result": "text"}""", "result")]
    [TestCase("signals", """{"signalId": "nope", "name": "approval"}""", "signalId")]
    [TestCase("signals", """{"signalId": "00000000-0000-0000-0000-000000000000", "name": "approval"}""", "signalId")]
    [TestCase("signals", """{"signalId": "6f1c5d1e-0000-4000-8000-000000000001", "name": 7}""", "name")]
    [TestCase("signals", """{"signalId": "6f1c5d1e-0000-4000-8000-000000000001", "name": "approval", "decline": "no"}""", "decline")]
    [TestCase(
        "signals",
        """{"signalId": "6f1c5d1e-0000-4000-8000-000000000001", "name": "approval", "decline": {"code": "no", "who": "a"}}""",
        "decline.who"
    )]
    [TestCase("signals", "[]", "")]
    [TestCase("signals", "{", "")]
    [TestCase("signals", "", "")]
    public async Task Should_name_the_path_and_say_what_would_be_right(string verb, string body, string path)
    {
        var answer = await api.PostJson($"/api/v1/sagas/{Guid.NewGuid()}/{verb}", body);
        (await answer.ShouldBeProblem(ProblemTypes.InvalidRequest)).ErrorPaths().ShouldContain(path);
    }
}
