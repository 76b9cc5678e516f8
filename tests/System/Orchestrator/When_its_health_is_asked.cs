using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

public sealed class When_its_health_is_asked
{
    [Test]
    public async Task Should_be_alive_and_ready_and_say_what_it_looked_at()
    {
        var api = (await SharedSystem.Get()).Api;
        (await api.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var ready = await api.GetFromJsonAsync<JsonElement>("/health/ready");
        ready.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()!).ShouldContain("postgres");
    }

    [Test]
    public async Task Should_be_alive_but_not_ready_and_refuse_starts_while_the_database_is_away()
    {
        await using var system = await RunningSystem.Start();
        await system.Sandbox.Block();
        var ready = await Eventually.Get(
            () => system.Api.GetAsync("/health/ready"),
            answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable,
            "not ready"
        );
        (await ready.Content.ReadAsStringAsync()).ShouldContain("Postgres does not answer");
        (await system.Api.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = await system.Api.Post(Order.Of());
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();

        await system.Sandbox.Unblock();
        await system.Api.Run(Order.Of(), "Completed");
    }
}
