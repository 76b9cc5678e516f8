using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Engine.Webhooks.Running;

namespace SagaOrchestrator.Tests.Webhooks;

public sealed class When_a_webhook_is_late_no_more
{
    private static readonly Guid Late = Guid.NewGuid();
    private static readonly Guid Other = Guid.NewGuid();

    [Test]
    public void Should_tell_zero_of_one_that_was_disabled_or_deleted()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var metrics = new WebhookMetrics(factory);
        metrics.Observe(new Dictionary<Guid, TimeSpan> { [Late] = TimeSpan.FromMinutes(6), [Other] = TimeSpan.FromSeconds(1) });
        Lags(factory)[Late].ShouldBe(360);
        metrics.Observe(new Dictionary<Guid, TimeSpan> { [Other] = TimeSpan.FromSeconds(2) });
        Lags(factory).ShouldBe(new Dictionary<Guid, double> { [Late] = 0, [Other] = 2 }, ignoreOrder: true);
    }

    private static Dictionary<Guid, double> Lags(IMeterFactory factory)
    {
        var told = new Dictionary<Guid, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "saga.webhook.lag" && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, lag, tags, _) => told[Guid.Parse((string)tags[0].Value!)] = lag);
        listener.Start();
        listener.RecordObservableInstruments();
        return told;
    }
}
