using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Telemetry;

public sealed class When_a_saga_is_traced
{
    [TestCase("tok_visa", "Completed")]
    [TestCase("tok_timeout", "Failed")]
    public async Task Should_be_one_trace_across_the_broker_the_outbox_and_its_timers(string token, string end)
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "SagaOrchestrator" or "SagaOrchestrator.Messaging" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        var api = (await SharedSystem.Get()).Api;
        var trace = ActivityTraceId.CreateRandom();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sagas/order-fulfillment")
        {
            Content = JsonContent.Create(Order.Of(token: token)),
        };
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using var quiet = Quiet();
        var answer = await api.SendAsync(request);
        var id = Guid.Parse(answer.Headers.Location!.ToString().Split('/')[^1]);
        await api.WaitFor(id, end);

        var last = end == "Completed" ? "notifications" : "inventory";
        var names = await Eventually.Get(
            () =>
                Task.FromResult(
                    spans.Where(span => span.TraceId == trace).Select(span => $"{span.OperationName} {span.DisplayName}").ToList()
                ),
            found => found.Count(name => name.Contains(last, StringComparison.Ordinal)) >= (end == "Completed" ? 1 : 2) && found.Count > 8,
            $"the spans of every service in one trace"
        );
        foreach (
            var service in end == "Completed"
                ? new[] { "orchestrator", "inventory", "payments", "shipping" }
                : ["orchestrator", "inventory", "payments"]
        )
        {
            names.ShouldContain(name => name.Contains(service, StringComparison.Ordinal), service);
        }

        await Eventually.True(
            () =>
                Task.FromResult(
                    spans
                        .Where(span => span.TraceId == trace && span.Kind == ActivityKind.Consumer)
                        .All(received => spans.Any(sent => sent.SpanId == received.ParentSpanId && sent.Kind == ActivityKind.Producer))
                ),
            "each span of receiving is below that of sending"
        );
    }

    [Test]
    public async Task Should_carry_baggage_to_each_participant_and_back()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "SagaOrchestrator" or "SagaOrchestrator.Messaging" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var api = (await SharedSystem.Get()).Api;
        var trace = ActivityTraceId.CreateRandom();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sagas/order-fulfillment")
        {
            Content = JsonContent.Create(Order.Of()),
        };
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        request.Headers.Add("baggage", "tenant=acme%20corp,region=eu");
        using var quiet = Quiet();
        (await api.SendAsync(request)).IsSuccessStatusCode.ShouldBeTrue();
        foreach (var queue in new[] { "inventory", "payments", "shipping", "notifications", "orchestrator" })
        {
            await Eventually.True(
                () =>
                    Task.FromResult(
                        spans.Any(span =>
                            span.TraceId == trace
                            && span.DisplayName == $"process {queue}"
                            && span.GetBaggageItem("tenant") == "acme corp"
                            && span.GetBaggageItem("region") == "eu"
                        )
                    ),
                $"{queue} gets the baggage"
            );
        }
    }

    // Keeps the client's own activity from replacing the header that the test sets.
    private static Restore Quiet()
    {
        var before = Activity.Current;
        Activity.Current = null;
        return new Restore(before);
    }

    private sealed record Restore(Activity? Before) : IDisposable
    {
        public void Dispose() => Activity.Current = Before;
    }
}
