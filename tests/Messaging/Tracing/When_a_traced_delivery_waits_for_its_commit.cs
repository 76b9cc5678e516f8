using System.Collections.Concurrent;
using System.Diagnostics;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Telemetry;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Tracing;

/// <summary>It takes the way of one that nobody traces: MassTransit is through with it before it is committed. Its span is not.</summary>
public sealed class When_a_traced_delivery_waits_for_its_commit
{
    private readonly ConcurrentQueue<Activity> ended = new();
    private readonly ActivityTraceId trace = ActivityTraceId.CreateRandom();
    private readonly ActivitySpanId sender = ActivitySpanId.CreateRandom();
    private ActivityListener listener = null!;
    private HoldingEndpoint endpoint = null!;

    [SetUp]
    public async Task Listen()
    {
        ended.Clear();
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Messaging,
            // As a sampler that goes by the parent.
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
                    ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.PropagationData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        endpoint = await new HoldingEndpoint().Start();
    }

    [TearDown]
    public async Task Stop()
    {
        await endpoint.DisposeAsync();
        listener.Dispose();
    }

    [Test]
    public async Task Should_end_its_span_with_the_commit_and_not_before()
    {
        await endpoint.Deliver("something", Parent("01"));
        endpoint.Held.ShouldNotBeNull().IsCompleted.ShouldBeFalse();
        ended.ShouldBeEmpty();

        endpoint.Commit();
        var span = await Ended();
        await endpoint.Held;
        span.Status.ShouldBe(ActivityStatusCode.Unset);
        span.DisplayName.ShouldBe("process work");
    }

    [Test]
    public async Task Should_have_an_error_when_it_cannot_be_committed()
    {
        await endpoint.Deliver("something", Parent("01"));
        endpoint.FailCommit();
        var span = await Ended();
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.GetTagItem("error.type").ShouldBe("System.TimeoutException");
        await Should.ThrowAsync<TimeoutException>(() => endpoint.Held!);
    }

    [Test]
    public async Task Should_be_under_the_span_that_sent_it_and_above_what_it_sends()
    {
        await endpoint.Deliver("something", Parent("01"));
        endpoint.Commit();
        var span = await Ended();
        span.TraceId.ShouldBe(trace);
        span.ParentSpanId.ShouldBe(sender);
        endpoint.Sent!.Headers[SagaHeaders.TraceParent].ShouldBe(span.Id);
    }

    [Test]
    public async Task Should_pass_on_that_its_trace_is_not_sampled()
    {
        await endpoint.Deliver("something", Parent("00"));
        (endpoint.Held is null).ShouldBeFalse();
        endpoint.Sent!.Headers[SagaHeaders.TraceParent].ShouldStartWith($"00-{trace}-");
        endpoint.Sent.Headers[SagaHeaders.TraceParent].ShouldEndWith("-00");
        endpoint.Commit();
        (await Ended()).IsAllDataRequested.ShouldBeFalse();
    }

    [Test]
    public async Task Should_have_the_reason_when_it_becomes_a_dead_letter()
    {
        await endpoint.Deliver("nonsense", Parent("01"));
        endpoint.Held.ShouldBeNull();
        var span = await Ended();
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.GetTagItem("error.type").ShouldBe("handler-failed");
    }

    private string Parent(string flags) => $"00-{trace}-{sender}-{flags}";

    private async Task<Activity> Ended() =>
        await Eventually.Get(() => Task.FromResult(ended.SingleOrDefault()!), span => span is not null, "its span ends");
}
