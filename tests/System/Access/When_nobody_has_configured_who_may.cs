using System.Net;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Messaging.Settings;
using SagaOrchestrator.Server;
using SagaOrchestrator.Tests.Http;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Access;

public sealed class When_nobody_has_configured_who_may
{
    private HttpClient api = null!;

    [OneTimeSetUp]
    public async Task Get() => api = (await SharedSystem.Get()).Api;

    // A proxy stands before somebody else; a page in a browser may have pointed its own name at this machine.
    [TestCase("X-Forwarded-For", "203.0.113.7", "not-from-here")]
    [TestCase("Forwarded", "for=203.0.113.7", "not-from-here")]
    [TestCase("Host", "evil.example", "unknown-host")]
    [TestCase("Host", "203.0.113.7", "not-from-here")]
    public async Task Should_answer_its_own_machine_only(string header, string value, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sagas");
        request.Headers.TryAddWithoutValidation(header, value);
        await (await api.SendAsync(request)).ShouldBeProblem(ProblemTypes.All.Single(known => known.Name == type));
        using var probe = new HttpRequestMessage(HttpMethod.Get, "/health/ready");
        probe.Headers.TryAddWithoutValidation(header, value);
        (await api.SendAsync(probe)).StatusCode.ShouldBe(HttpStatusCode.OK, "probes come from elsewhere");
    }

    // It would ask the API from this machine.
    [TestCase("X-Forwarded-For", "203.0.113.7")]
    [TestCase("Host", "evil.example")]
    public async Task Should_show_its_console_on_its_own_machine_only(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/console/sagas");
        request.Headers.TryAddWithoutValidation(header, value);
        (await api.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await api.GetAsync("/console/sagas")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task Should_take_no_start_that_a_page_could_send_unasked()
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        await (await api.PostAsync("/api/v1/sagas/order-fulfillment", content)).ShouldBeProblem(ProblemTypes.UnsupportedMediaType);
    }

    [TestCase("Auth:Authority", "Auth:Authority=https://login.example.com", "Auth:Audience")]
    [TestCase("Auth:Audience", "Auth:Audience=saga-orchestrator", "Auth:Authority")]
    [TestCase("an http authority", "Auth:Authority=http://login.example.com;Auth:Audience=a", "Auth:Authority")]
    [TestCase("both", "Auth:Authority=https://login.example.com;Auth:Audience=a;Auth:AllowAnonymous=true", "Auth:AllowAnonymous")]
    [TestCase("a misspelt key", "Auth:Authority=https://login.example.com;Auth:Audiance=a", "Auth:Audiance")]
    [TestCase("a key without roles", "Auth:ApiKeys:0:Name=a;Auth:ApiKeys:0:Sha256=00", "Auth:ApiKeys:0:Sha256")]
    [TestCase(
        "a key with a misspelt role",
        "Auth:ApiKeys:0:Name=a;Auth:ApiKeys:0:Sha256=HASH;Auth:ApiKeys:0:Roles=reed",
        "Auth:ApiKeys:0:Roles"
    )]
    [TestCase("a key with a misspelt member", "Auth:ApiKeys:0:Name=a;Auth:ApiKeys:0:Hash=HASH", "Auth:ApiKeys:0:Hash")]
    [TestCase(
        "a key with a wrong end",
        "Auth:ApiKeys:0:Name=a;Auth:ApiKeys:0:Sha256=HASH;Auth:ApiKeys:0:Roles=read;Auth:ApiKeys:0:Expires=soon",
        "Auth:ApiKeys:0:Expires"
    )]
    public void Should_not_start_half_configured(string what, string settings, string named)
    {
        var arguments = settings
            .Replace("HASH", new string('0', 64), StringComparison.Ordinal)
            .Split(';')
            .Select(setting => "--" + setting);
        Should
            .Throw<InvalidSettingException>(() => OrchestratorApp.Build(["--ConnectionStrings:Orchestrator=Host=none", .. arguments]), what)
            .Message.ShouldContain(named);
    }
}
