using System.Diagnostics.Metrics;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Engine.Webhooks.Running;

/// <summary>What the meter <c>SagaOrchestrator</c> tells of webhooks. Names are a contract with dashboards.</summary>
internal sealed class WebhookMetrics : IDisposable
{
    public const string Delivered = "delivered";
    public const string Retried = "retried";
    public const string GivenUp = "failed";

    // Those that OpenTelemetry's conventions for HTTP give, and a receiver's patience.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30],
    };

    private readonly Meter meter;
    private readonly Counter<long> attempts;
    private readonly Histogram<double> duration;
    private IReadOnlyDictionary<Guid, TimeSpan> lags = new Dictionary<Guid, TimeSpan>();

    public WebhookMetrics(IMeterFactory factory)
    {
        meter = factory.Create(TelemetryNames.Sagas);
        attempts = meter.CreateCounter<long>(
            "saga.webhook.attempts",
            "{attempt}",
            "Attempts to deliver, by saga.webhook and saga.outcome delivered, retried or failed (given up)."
        );
        duration = meter.CreateHistogram("saga.webhook.duration", "s", "How long a receiver took for an attempt.", advice: Seconds);
        meter.CreateObservableGauge(
            "saga.webhook.lag",
            () => lags.Select(lag => new Measurement<double>(lag.Value.TotalSeconds, Tag(lag.Key))),
            "s",
            "For how long the oldest event has waited of which a webhook is still to be told."
        );
    }

    public void Attempted(Guid webhook, string outcome, TimeSpan took)
    {
        attempts.Add(1, Tag(webhook), new("saga.outcome", outcome));
        duration.Record(took.TotalSeconds, Tag(webhook), new("saga.outcome", outcome));
    }

    /// <summary>Takes in how late webhooks are. One that is not among them any more is told as zero: it would stay where it was.</summary>
    public void Observe(IReadOnlyDictionary<Guid, TimeSpan> observed) =>
        lags = lags.Keys.Union(observed.Keys).ToDictionary(webhook => webhook, webhook => observed.GetValueOrDefault(webhook));

    public void Dispose() => meter.Dispose();

    // Webhooks are few.
    private static KeyValuePair<string, object?> Tag(Guid webhook) => new("saga.webhook", webhook.ToString());
}
