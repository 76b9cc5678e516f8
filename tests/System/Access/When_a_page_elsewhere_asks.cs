using System.Net;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Messaging.Settings;
using SagaOrchestrator.Server;
using SagaOrchestrator.Tests.Http;

namespace SagaOrchestrator.Tests.Access;

/// <summary>A page in the browser of somebody who can reach the API: by its own name for this machine, or by ours.</summary>
public sealed class When_a_page_elsewhere_asks
{
    private const string Types = "/api/v1/saga-types";

    [TestCase("", "evil.example", 400)]
    [TestCase("", "127.0.0.1.evil.example:80", 400)]
    [TestCase("", "localhost", 200)]
    [TestCase("Auth:AllowAnonymous=true", "evil.example", 400)]
    [TestCase("Auth:AllowAnonymous=true", "orchestrator:8080", 200)]
    [TestCase("Auth:AllowAnonymous=true", "10.0.0.7", 200)]
    [TestCase("Auth:AllowAnonymous=true;Auth:AllowedHosts:0=sagas.example.com", "sagas.example.com", 200)]
    [TestCase("Auth:AllowAnonymous=true;Auth:AllowedHosts:0=sagas.example.com", "evil.example", 400)]
    [TestCase("Auth:AllowAnonymous=true;Auth:AllowedHosts:0=sagas.example.com", "orchestrator", 400)]
    [TestCase("Auth:AllowAnonymous=true;Auth:AllowedHosts:0=*.example.com", "a.example.com", 200)]
    [TestCase("Auth:AllowAnonymous=true;Auth:AllowedHosts:0=sagas.example.com", "127.0.0.1", 200)]
    public async Task Should_be_called_by_no_name_that_a_page_elsewhere_could_have(string settings, string name, int status)
    {
        await using var host = await MemoryHost.Start(settings.Split(';', StringSplitOptions.RemoveEmptyEntries));
        var answer = await host.Get(Types, key: null, "Host: " + name);
        ((int)answer.StatusCode).ShouldBe(status);
        if (status == 400)
        {
            await answer.ShouldBeProblem(ProblemTypes.UnknownHost);
        }
    }

    [Test]
    public async Task Should_let_no_page_read_an_answer_by_itself()
    {
        await using var host = await MemoryHost.Start();
        using var asked = Preflight("https://evil.example");
        var answer = await host.Send(asked);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Cors(answer).ShouldBeEmpty();
        Cors(await host.Get(Types, key: null, "Origin: https://evil.example")).ShouldBeEmpty();
    }

    [Test]
    public async Task Should_let_those_pages_read_that_are_named()
    {
        await using var host = await MemoryHost.Start("Auth:AllowedOrigins:0=https://ops.example.com");
        using var asked = Preflight("https://ops.example.com");
        var answer = await host.Send(asked);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://ops.example.com"]);
        answer.Headers.GetValues("Access-Control-Allow-Headers").ShouldHaveSingleItem().ShouldContain("authorization");
        answer.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
        var read = await host.Get(Types, key: null, "Origin: https://ops.example.com");
        read.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://ops.example.com"]);
        using var others = Preflight("https://ops.example.com.evil.example");
        Cors(await host.Send(others)).ShouldBeEmpty();
        (await host.Get(Types, key: null, "Origin: https://evil.example")).Headers.Vary.ShouldContain("Origin");
    }

    [TestCase("Auth:AllowedOrigins:0=*", "Auth:AllowedOrigins")]
    [TestCase("Auth:AllowedOrigins:0=https://ops.example.com/", "Auth:AllowedOrigins")]
    [TestCase("Auth:AllowedHosts:0=https://sagas.example.com", "Auth:AllowedHosts")]
    [TestCase("Auth:AllowedHosts:0=*", "Auth:AllowedHosts")]
    public void Should_not_start_with_a_name_that_would_never_match_or_always(string setting, string named) =>
        Should
            .Throw<InvalidSettingException>(() => OrchestratorApp.Build(["--ConnectionStrings:Orchestrator=Host=none", "--" + setting]))
            .Message.ShouldContain(named);

    private static HttpRequestMessage Preflight(string origin) =>
        new(HttpMethod.Options, "/api/v1/sagas")
        {
            Headers =
            {
                { "Origin", origin },
                { "Access-Control-Request-Method", "GET" },
                { "Access-Control-Request-Headers", "authorization" },
            },
        };

    private static IEnumerable<string> Cors(HttpResponseMessage answer) =>
        answer.Headers.Select(header => header.Key).Where(name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
}
