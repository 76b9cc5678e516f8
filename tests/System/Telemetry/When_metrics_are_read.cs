using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Telemetry;

public sealed class When_metrics_are_read
{
    [Test]
    public async Task Should_count_starts_ends_steps_and_compensations()
    {
        var measured = new ConcurrentQueue<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Meter.Name == "SagaOrchestrator")
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => measured.Enqueue(Text(instrument, tags)));
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => measured.Enqueue(Text(instrument, tags)));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => measured.Enqueue(Text(instrument, tags)));
        var api = (await SharedSystem.Get()).Api;
        listener.Start();

        await api.Run(Order.Of(street: null), "Failed");
        await Eventually.True(
            () => Task.FromResult(measured.Any(text => text.StartsWith("saga.duration", StringComparison.Ordinal))),
            "the end is counted"
        );
        listener.RecordObservableInstruments();

        measured.ShouldContain("saga.started saga.type=order-fulfillment");
        measured.ShouldContain("saga.steps saga.type=order-fulfillment saga.step=reserve_inventory saga.outcome=completed");
        measured.ShouldContain("saga.steps saga.type=order-fulfillment saga.step=create_shipment saga.outcome=rejected");
        measured.ShouldContain("saga.compensations saga.type=order-fulfillment saga.step=process_payment");
        measured.ShouldContain("saga.ended saga.type=order-fulfillment saga.state=Failed");
        measured.ShouldContain("saga.duration saga.type=order-fulfillment saga.state=Failed");
        measured.ShouldContain("saga.outbox.messages");
        measured.ShouldContain("saga.outbox.age");
        measured.ShouldContain("saga.waiting_messages");
        measured.ShouldContain("saga.breaker saga.participant=payments");
        measured.ShouldContain("saga.consumers saga.participant=payments");
        measured.ShouldContain("saga.backlog saga.participant=payments");
        measured.ShouldContain(
            "saga.step.duration saga.type=order-fulfillment saga.step=reserve_inventory saga.participant=inventory saga.direction=do "
                + "saga.outcome=completed"
        );
        measured.ShouldContain(
            "saga.step.duration saga.type=order-fulfillment saga.step=process_payment saga.participant=payments saga.direction=undo "
                + "saga.outcome=completed"
        );
    }

    private static string Text(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = instrument.Name;
        foreach (var (key, value) in tags)
        {
            text += $" {key}={value}";
        }

        return text;
    }
}
