using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Observability;

/// <summary>A little of everything, so that each span and metric is there.</summary>
/// <param name="Good">The trace of an order that goes through.</param>
/// <param name="Approved">An order that a person approves.</param>
/// <param name="Old">An order whose timer fires days after its start.</param>
internal sealed record Scenario(string Good, Guid Approved, Guid Old)
{
    private const string BusinessOrders = "business-order";

    public static async Task<Scenario> Play(ObservedSystem system)
    {
        var api = system.Api;
        await system.Act("/api/v1/webhooks", new JsonObject { ["url"] = system.Collector.Address + "/hook" });
        await system.Sandbox.Publish("shipping", """{"messageId": "order-4712", "messageType": [], "message": {}}""");
        var good = Guid.NewGuid().ToString("N");
        await Task.WhenAll(
            api.Run(Order.Of(street: null), "Failed"),
            api.Run(Order.Of(token: "tok_flaky"), "Completed"),
            api.Run(Order.Of(token: "tok_timeout"), "Failed"),
            Skip(api)
        );
        var approved = await Approve(api);
        var old = await Waiting(api);
        await Eventually.True(() => Aged(system, old), "a timer fires days after the start of its saga");
        await system.Discard("shipping");
        // When all is warm, as it would be in a picture of a calm day.
        await Begin(api, good);
        return new Scenario(good, approved, old);
    }

    // Until it is seen: what finds the row first may set its timer right again.
    private static async Task<bool> Aged(ObservedSystem system, Guid saga)
    {
        await system.Sandbox.Execute(
            $"update orchestrator.saga set started_at = now() - interval '2 days', wake_at = now(), wake_check_at = now() where id = '{saga}'"
        );
        return system.Collector.Spans.Any(span => span.Name == "saga timer" && span.Links.Count > 0);
    }

    private static async Task Begin(HttpClient api, string trace)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sagas/order-fulfillment")
        {
            Content = JsonContent.Create(Order.Of()),
        };
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        var answer = await api.SendAsync(request);
        await api.WaitFor(Guid.Parse(answer.Headers.Location!.ToString().Split('/')[^1]), "Completed");
    }

    private static async Task Skip(HttpClient api)
    {
        var parked = await api.StartSaga(Order.Of(token: "tok_norefund", street: null));
        await api.WaitFor(parked, "Parked");
        await api.Operate(
            parked,
            "skip",
            new
            {
                step = "process_payment",
                by = "ann",
                reason = "Paid back in cash.",
            }
        );
        await api.WaitFor(parked, "Failed");
    }

    private static async Task<Guid> Approve(HttpClient api)
    {
        var id = await Waiting(api);
        var signal = new
        {
            signalId = Guid.NewGuid(),
            name = "approval",
            data = new { approvedBy = "carol" },
        };
        (await api.Operate(id, "signals", signal)).Status.ShouldBe(200);
        await api.WaitFor(id, "Completed");
        return id;
    }

    private static async Task<Guid> Waiting(HttpClient api)
    {
        var id = await api.StartSaga(Order.Business(unitPrice: 600), BusinessOrders);
        await api.WaitForStep(id, "await_approval", "Signal");
        return id;
    }
}
