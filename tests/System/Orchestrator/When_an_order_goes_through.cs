using System.Net;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

public sealed class When_an_order_goes_through
{
    private HttpClient api = null!;
    private JsonElement saga;

    [OneTimeSetUp]
    public async Task Run()
    {
        api = (await SharedSystem.Get()).Api;
        saga = await api.Run(Order.Of(), "Completed");
    }

    [Test]
    public void Should_show_every_step_completed_with_its_result()
    {
        saga.GetProperty("steps")
            .EnumerateArray()
            .Select(step => (step.GetProperty("name").GetString(), step.GetProperty("state").GetString()))
            .ShouldBe([
                ("reserve_inventory", "Completed"),
                ("process_payment", "Completed"),
                ("create_shipment", "Completed"),
                ("send_confirmation", "Completed"),
            ]);
        saga.Step("create_shipment").GetProperty("result").GetProperty("trackingNumber").GetString()!.ShouldStartWith("TRK");
    }

    [Test]
    public async Task Should_tell_its_history_in_order()
    {
        var history = await api.History(saga.GetProperty("id").GetGuid());
        history.Select(entry => entry.GetProperty("version").GetInt32()).ShouldBe(Enumerable.Range(1, history.Count));
        history
            .Select(entry => entry.GetProperty("type").GetString())
            .ShouldBe([
                "saga_started",
                "step_started",
                "step_completed",
                "step_started",
                "step_completed",
                "step_started",
                "step_completed",
                "step_started",
                "step_completed",
                "saga_completed",
            ]);
    }

    [Test]
    public async Task Should_answer_304_to_a_client_that_has_the_current_status()
    {
        var self = saga.GetProperty("links").GetProperty("self").GetString();
        var first = await api.GetAsync(self);
        using var again = new HttpRequestMessage(HttpMethod.Get, self);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        (await api.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var weak = new HttpRequestMessage(HttpMethod.Get, self);
        weak.Headers.TryAddWithoutValidation("If-None-Match", $"\"0\", W/{first.Headers.ETag}");
        (await api.SendAsync(weak)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Test]
    [Property("Rule", "S1")]
    public async Task Should_have_registered_every_compensation()
    {
        var sandbox = (await SharedSystem.Get()).Sandbox;
        (
            await sandbox.Query<long>(
                $"select count(*) from orchestrator.saga s, json_array_elements(s.progress -> 'steps') step where s.id = "
                    + $"'{saga.GetProperty("id").GetGuid()}' and (step ->> 'startOrder')::integer > 0"
            )
        ).ShouldBe(4);
    }
}
