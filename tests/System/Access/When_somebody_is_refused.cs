using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Access;

/// <summary>Whatever refused him, it is written down in one form.</summary>
public sealed class When_somebody_is_refused
{
    private const string Types = "/api/v1/saga-types";

    [Test]
    public async Task Should_write_down_who_was_refused_what_and_why()
    {
        await using var host = await MemoryHost.Start([
            .. MemoryHost.Keys("shop=start", "greedy=read"),
            "Auth:AllowedHosts:0=sagas.example.com",
            "RateLimits:Reads=1",
            "RateLimits:Window=1h",
        ]);
        await host.Get(Types);
        await host.Get(Types, "shop");
        await host.Get(Types, "greedy");
        await host.Get(Types, "greedy");
        await host.Get(Types, "greedy", "Host: evil.example");
        // It is written when the answer is out.
        await Eventually.True(() => Task.FromResult(host.Recorded.Refused.Count >= 4), "all are written down");
        host.Recorded.Refused.Select(line => (line["Status"], line["Caller"], line["Problem"]))
            .ShouldBe(
                [
                    (401, null, ProblemTypes.Unauthenticated.Name),
                    (403, "shop", ProblemTypes.Forbidden.Name),
                    (429, "greedy", ProblemTypes.TooManyRequests.Name),
                    (400, null, ProblemTypes.UnknownHost.Name),
                ],
                ignoreOrder: true
            );
        host.Recorded.Refused.ShouldAllBe(line =>
            line["Method"]!.Equals("GET")
            && line["Path"]!.ToString() == Types
            && line["Role"]!.Equals("read")
            && line["Origin"]!.Equals("127.0.0.1")
        );
    }

    [Test]
    public async Task Should_write_down_nothing_of_his_secret()
    {
        await using var host = await MemoryHost.Start([.. MemoryHost.Keys("shop=start")]);
        await host.Get(Types, "guessed");
        await Eventually.True(() => Task.FromResult(host.Recorded.Refused.Count == 1), "it is written down");
        string.Join(' ', host.Recorded.Refused.Single().Values).ShouldNotContain(MemoryHost.Secret);
    }

    [Test]
    public async Task Should_not_fill_the_log_with_one_who_asks_too_often()
    {
        await using var host = await MemoryHost.Start("RateLimits:Reads=1", "RateLimits:Window=1h");
        for (var asked = 0; asked < 50; asked++)
        {
            await host.Get(Types);
        }

        host.Recorded.Refused.Count.ShouldBeInRange(1, 25);
    }
}
