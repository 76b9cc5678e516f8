using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using SagaOrchestrator.Messaging.Telemetry;
using SagaOrchestrator.Testing;
using SagaOrchestrator.Testing.Tests.Trips;

namespace SagaOrchestrator.Telemetry.Tests;

public sealed class When_a_host_measures
{
    private readonly List<Metric> metrics = [];
    private MeterProvider meters = null!;

    [SetUp]
    public void Measure()
    {
        metrics.Clear();
        meters = Sdk.CreateMeterProviderBuilder().AddSagaOrchestratorInstrumentation().AddInMemoryExporter(metrics).Build();
    }

    [TearDown]
    public void End() => meters.Dispose();

    [Test]
    public async Task Should_have_sagas_and_their_steps()
    {
        var plan = new TripPlan();
        await using var host = await new InMemoryHost()
            .With(plan)
            .At("hotels", hotels => hotels.Add(new BookHotelStep(rooms: 1)))
            .At("flights", flights => flights.Add(new BookFlightStep()))
            .Start();
        await host.StartSaga(plan, new StartTrip("T-1", "Rome", 900, NeedsVisa: false));

        meters.ForceFlush();
        var names = metrics.ConvertAll(metric => metric.Name);
        names.ShouldContain("saga.started");
        names.ShouldContain("saga.steps");
    }

    [TestCase(TelemetryNames.Sagas)]
    [TestCase(TelemetryNames.Messaging)]
    [TestCase(TelemetryNames.Bus)]
    public void Should_have_the_metrics_of_each_meter(string name)
    {
        using var meter = new Meter(name);
        meter.CreateCounter<long>("probe").Add(1);
        meters.ForceFlush();
        metrics.ShouldContain(metric => metric.Name == "probe" && metric.MeterName == name);
    }
}
