using System.Net;
using System.Text;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Messaging.Settings;
using SagaOrchestrator.Server;
using SagaOrchestrator.Tests.Http;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Access;

public sealed class When_a_caller_asks_too_often
{
    private const string Types = "/api/v1/saga-types";

    [Test]
    public async Task Should_refuse_him_and_nobody_else()
    {
        await using var host = await MemoryHost.Start([
            .. MemoryHost.Keys("greedy=read,operate", "modest=read"),
            "RateLimits:Window=1h",
            "RateLimits:Reads=3",
            "RateLimits:Actions=1",
        ]);
        var first = await host.Get(Types, "greedy");
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"reads\";q=3;w=3600"]);
        first.Headers.GetValues("RateLimit").ShouldBe(["\"reads\";r=2;t=1200"]);
        await host.Get(Types, "greedy");
        await host.Get(Types, "greedy");
        var fourth = await host.Get(Types, "greedy");
        (await fourth.ShouldBeProblem(ProblemTypes.TooManyRequests)).GetProperty("detail").GetString()!.ShouldContain("RateLimits:Reads");
        fourth.Headers.GetValues("RateLimit").ShouldBe(["\"reads\";r=0;t=3600"]);
        fourth.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 1200);
        (await host.Get(Types, "modest")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var act = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/sagas/{Guid.NewGuid()}/cancel");
        (await host.Send(act, "greedy")).StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests, "actions are counted apart");
    }

    [Test]
    public async Task Should_let_him_in_again_after_a_while()
    {
        await using var host = await MemoryHost.Start("RateLimits:Window=1s", "RateLimits:Reads=2");
        await Eventually.True(async () => (await host.Get(Types)).StatusCode == HttpStatusCode.TooManyRequests, "it is too often");
        await Eventually.True(async () => (await host.Get(Types)).IsSuccessStatusCode, "it is not any more");
    }

    // Whoever guesses keys is counted by his address; whoever has one is let in from there all the same.
    [Test]
    public async Task Should_not_even_tell_why_to_one_who_is_refused_again_and_again()
    {
        await using var host = await MemoryHost.Start([.. MemoryHost.Keys("shop=read"), "RateLimits:Window=1h", "RateLimits:Refusals=2"]);
        await (await host.Get(Types, "guessed")).ShouldBeProblem(ProblemTypes.Unauthenticated);
        await (await host.Get(Types)).ShouldBeProblem(ProblemTypes.Unauthenticated);
        await (await host.Get(Types, "guessed")).ShouldBeProblem(ProblemTypes.TooManyRequests);
        (await host.Get(Types, "shop")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    // A shop that starts thousands of sagas a second is usual. None of these is valid, but all are counted.
    [Test]
    public async Task Should_by_itself_hold_back_no_shop()
    {
        await using var host = await MemoryHost.Start();
        var refused = 0;
        await Parallel.ForAsync(
            0,
            5000,
            async (_, cancellationToken) =>
            {
                using var content = new StringContent("{}", Encoding.UTF8, "application/json");
                using var answer = await host.Api.PostAsync("/api/v1/sagas/order-fulfillment", content, cancellationToken);
                Interlocked.Add(ref refused, answer.StatusCode == HttpStatusCode.TooManyRequests ? 1 : 0);
            }
        );
        refused.ShouldBe(0);
    }

    [TestCase("RateLimits:Reads=0", "RateLimits:Reads")]
    [TestCase("RateLimits:Window=10", "RateLimits:Window")]
    [TestCase("RateLimits:Writes=10", "RateLimits:Writes")]
    public void Should_not_start_with_a_wrong_setting(string setting, string named) =>
        Should
            .Throw<InvalidSettingException>(() => OrchestratorApp.Build(["--ConnectionStrings:Orchestrator=Host=none", "--" + setting]))
            .Message.ShouldContain(named);
}
