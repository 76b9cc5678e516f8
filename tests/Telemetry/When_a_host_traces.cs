using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using SagaOrchestrator.Messaging.Telemetry;
using SagaOrchestrator.Testing;
using SagaOrchestrator.Testing.Tests.Trips;

namespace SagaOrchestrator.Telemetry.Tests;

public sealed class When_a_host_traces
{
    private const string Requests = "Acme.Requests";
    private static readonly ActivitySource Source = new(Requests);

    private readonly List<Activity> spans = [];
    private TracerProvider traces = null!;

    [SetUp]
    public void Trace()
    {
        spans.Clear();
        traces = Sdk.CreateTracerProviderBuilder()
            .AddSource(Requests)
            .AddSagaOrchestratorInstrumentation()
            .AddInMemoryExporter(spans)
            .Build();
    }

    [TearDown]
    public void End() => traces.Dispose();

    [Test]
    public async Task Should_have_one_trace_over_orchestrator_and_participants()
    {
        var trace = await BookTrip();
        foreach (var queue in new[] { "orchestrator", "hotels", "flights" })
        {
            trace.ShouldContain(
                span => span.Kind == ActivityKind.Consumer && queue.Equals(span.GetTagItem("messaging.destination.name")),
                queue
            );
        }
    }

    [Test]
    public async Task Should_have_the_attributes_of_the_conventions_on_what_was_received()
    {
        var received = (await BookTrip()).Where(span => span.DisplayName.StartsWith("process ", StringComparison.Ordinal)).ToList();
        received.ShouldNotBeEmpty();
        foreach (
            var name in (string[])
                ["messaging.system", "messaging.operation.type", "messaging.destination.name", "messaging.message.id", "saga.id"]
        )
        {
            received.ShouldAllBe(span => span.GetTagItem(name) != null, name);
        }
    }

    [TestCase(TelemetryNames.Sagas)]
    [TestCase(TelemetryNames.Messaging)]
    public void Should_have_the_spans_of_each_source(string name)
    {
        using var source = new ActivitySource(name);
        source.StartActivity("probe")?.Dispose();
        spans.ShouldHaveSingleItem().Source.Name.ShouldBe(name);
    }

    [Test]
    public void Should_not_have_those_of_others()
    {
        using var source = new ActivitySource("Npgsql");
        source.StartActivity("probe")?.Dispose();
        spans.ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<Activity>> BookTrip()
    {
        var plan = new TripPlan();
        await using var host = await new InMemoryHost()
            .With(plan)
            .At("hotels", hotels => hotels.Add(new BookHotelStep(rooms: 1)))
            .At("flights", flights => flights.Add(new BookFlightStep()))
            .Start();
        ActivityTraceId trace;
        using (var request = Source.StartActivity("request")!)
        {
            trace = request.TraceId;
            await host.StartSaga(plan, new StartTrip("T-1", "Rome", 900, NeedsVisa: false));
        }

        traces.ForceFlush();
        return [.. spans.Where(span => span.TraceId == trace)];
    }
}
