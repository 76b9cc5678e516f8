using System.Diagnostics;
using System.Diagnostics.Metrics;
using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Engine.Telemetry;

/// <summary>The metrics of the meter <c>SagaOrchestrator</c>. Names are a contract with dashboards.</summary>
internal sealed class SagaMetrics : IDisposable
{
    // In seconds, from a hundredth of one to thirty days: sagas wait for people too.
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries =
        [
            0.01,
            0.02,
            0.05,
            0.1,
            0.2,
            0.5,
            1,
            2,
            5,
            10,
            20,
            30,
            60,
            120,
            300,
            600,
            1800,
            3600,
            4 * 3600,
            12 * 3600,
            86400,
            3 * 86400,
            7 * 86400,
            14 * 86400,
            30 * 86400,
        ],
    };

    private readonly Meter meter;
    private readonly Counter<long> started;
    private readonly Counter<long> ended;
    private readonly Counter<long> parked;
    private readonly Counter<long> steps;
    private readonly Counter<long> compensations;
    private readonly Counter<long> retries;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> stepDuration;
    private Gauges gauges = new([], 0, 0, 0, 0, new Dictionary<string, long>(), new Dictionary<string, long>());

    public SagaMetrics(IMeterFactory factory)
    {
        meter = factory.Create(TelemetryNames.Sagas);
        started = meter.CreateCounter<long>("saga.started", "{saga}", "Sagas that were started.");
        ended = meter.CreateCounter<long>("saga.ended", "{saga}", "Sagas that ended, by saga.state Completed or Failed.");
        parked = meter.CreateCounter<long>("saga.parked", "{saga}", "Times that a saga was parked.");
        retries = meter.CreateCounter<long>(
            "saga.retries",
            "{attempt}",
            "Commands that were sent again, by saga.step, saga.participant and saga.direction do or undo."
        );
        steps = meter.CreateCounter<long>("saga.steps", "{step}", "Outcomes of steps, by saga.step and saga.outcome.");
        compensations = meter.CreateCounter<long>("saga.compensations", "{step}", "Steps that were undone.");
        duration = meter.CreateHistogram("saga.duration", "s", "From start to end, on the database's clock.", advice: Durations);
        stepDuration = meter.CreateHistogram(
            "saga.step.duration",
            "s",
            "From the command that was sent last to its participant's answer, on the database's clock.",
            advice: Durations
        );
        meter.CreateObservableGauge("saga.in_flight", InFlight, "{saga}", "Sagas that have not ended, by saga.state; Parked is one.");
        meter.CreateObservableGauge("saga.outbox.messages", () => gauges.OutboxCount, "{message}", "Messages committed and not yet sent.");
        meter.CreateObservableGauge("saga.outbox.age", () => gauges.OutboxAge, "s", "The age of the oldest of them.");
        meter.CreateObservableGauge(
            "saga.waiting_messages",
            () => gauges.Waiting,
            "{message}",
            "Messages that wait in the database: for another build, a saga that may come yet, or something that is away."
        );
        meter.CreateObservableGauge(
            "saga.summaries.lag",
            () => gauges.SummariesLag,
            "s",
            "For how long the oldest change has waited that lists and searches do not know yet."
        );
        meter.CreateObservableGauge(
            "saga.dead_letters",
            DeadLetters,
            "{message}",
            "Dead letters that wait, by the queue that they were taken from."
        );
        meter.CreateObservableGauge(
            "saga.subject_keys.former",
            FormerKeys,
            "{key}",
            "Keys of subjects that a former key wraps, by saga.wrapping_key. At 0 it can leave the ring."
        );
    }

    private IEnumerable<Measurement<long>> InFlight() =>
        gauges.InFlight.Select(count => new Measurement<long>(count.Sagas, Type(count.Type), new("saga.state", count.State)));

    private IEnumerable<Measurement<long>> DeadLetters() =>
        gauges.DeadLetters.Select(queue => new Measurement<long>(
            queue.Value,
            new KeyValuePair<string, object?>("messaging.destination.name", queue.Key)
        ));

    private IEnumerable<Measurement<long>> FormerKeys() =>
        gauges.FormerKeys.Select(former => new Measurement<long>(
            former.Value,
            new KeyValuePair<string, object?>("saga.wrapping_key", former.Key)
        ));

    public void Started(string type) => started.Add(1, Type(type));

    public void Ended(string type, string state, TimeSpan took)
    {
        ended.Add(1, Type(type), new("saga.state", state));
        duration.Record(took.TotalSeconds, Type(type), new("saga.state", state));
    }

    public void Parked(string type) => parked.Add(1, Type(type));

    public void Step(string type, string step, string outcome) =>
        steps.Add(1, new TagList { Type(type), new("saga.step", step), new("saga.outcome", outcome) });

    public void Retried(string type, string step, string participant, string direction) =>
        retries.Add(1, Of(type, step, participant, direction));

    public void Answered(string type, in StepAnswer answer)
    {
        if (stepDuration.Enabled)
        {
            var tags = Of(type, answer.Step, answer.Participant, answer.Direction);
            tags.Add("saga.outcome", answer.Outcome);
            stepDuration.Record(answer.Took.TotalSeconds, tags);
        }
    }

    public void Compensated(string type, string step) => compensations.Add(1, Type(type), new("saga.step", step));

    public void Observe(Gauges observed) => gauges = observed;

    public void Dispose() => meter.Dispose();

    private static KeyValuePair<string, object?> Type(string type) => new("saga.type", type);

    private static TagList Of(string type, string step, string participant, string direction) =>
        new() { Type(type), new("saga.step", step), new("saga.participant", participant), new("saga.direction", direction) };

    internal sealed record Gauges(
        IReadOnlyList<InFlightCount> InFlight,
        long OutboxCount,
        double OutboxAge,
        long Waiting,
        double SummariesLag,
        IReadOnlyDictionary<string, long> DeadLetters,
        IReadOnlyDictionary<string, long> FormerKeys
    );
}
