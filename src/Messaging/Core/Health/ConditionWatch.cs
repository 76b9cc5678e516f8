using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Messaging.Health;

/// <summary>
/// Checks every few seconds what a service needs, and tells what is missing or slow: one log line when it begins and one when it is over,
/// the gauge <c>saga.degraded</c>, and a report that is at hand when somebody asks (ADR 33).
/// </summary>
public sealed class ConditionWatch : BackgroundService
{
    private static readonly TimeSpan AtStart = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Suspicious = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TimeToStart = TimeSpan.FromSeconds(10);

    private readonly string service;
    private readonly IReadOnlyList<ConditionCheck> checks;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly long began;
    private readonly SortedDictionary<string, ConditionState> states = new(StringComparer.Ordinal);
    private readonly Meter meter = new(TelemetryNames.Messaging);
    private bool isStarted;
    private volatile Seen? last;

    /// <summary>A watch over the given checks.</summary>
    /// <param name="service">The service's name, for logs and metrics.</param>
    /// <param name="checks">What is checked.</param>
    /// <param name="clock">Counts the time.</param>
    /// <param name="log">Where changes are told.</param>
    public ConditionWatch(string service, IEnumerable<ConditionCheck> checks, TimeProvider clock, ILogger<ConditionWatch> log)
    {
        (this.service, this.checks, this.clock, this.log) = (service, [.. checks], clock, log);
        began = clock.GetTimestamp();
        foreach (var condition in this.checks.SelectMany(check => check.Conditions))
        {
            states.Add(condition, new ConditionState(condition));
        }

        meter.CreateObservableGauge(
            "saga.degraded",
            Measure,
            "{condition}",
            "1 for a condition of this service that is missing or slow, else 0."
        );
    }

    /// <summary>What the last checks have found. Never waits.</summary>
    public ConditionReport Report
    {
        get
        {
            if (last is not { } seen)
            {
                return new ConditionReport(
                    HealthStatus.Unhealthy,
                    null,
                    [new("watch", HealthStatus.Unhealthy, "This node has just been started, and has not looked around yet.")]
                );
            }

            var age = clock.GetElapsedTime(seen.At);
            return age < Stale
                ? new ConditionReport(seen.Lines.Select(line => line.Status).Append(HealthStatus.Healthy).Min(), age, seen.Lines)
                : new ConditionReport(
                    HealthStatus.Unhealthy,
                    age,
                    [
                        .. seen.Lines,
                        new(
                            "watch",
                            HealthStatus.Unhealthy,
                            $"This node has not looked around for {age.TotalSeconds:0} seconds: it is starved of processor time. What is "
                                + $"said here may be out of date. Give it more, or less to do."
                        ),
                    ]
                );
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var found = await Task.WhenAll(checks.Select(check => Look(check, stoppingToken)));
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            TakeIn([.. found.SelectMany(one => one)]);
            await Task.Delay(Pause(), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void TakeIn(IReadOnlyList<Finding> findings)
    {
        // A node that is just starting is not ready, and that is nothing to be told.
        isStarted |= findings.All(finding => finding.Trouble is not { StopsWork: true }) || clock.GetElapsedTime(began) > TimeToStart;
        if (!isStarted)
        {
            last = new Seen(clock.GetTimestamp(), [.. findings.Select(finding => Line(finding.Condition, finding.Trouble))]);
            return;
        }

        foreach (var (condition, trouble) in findings)
        {
            Tell(condition, states[condition].Take(trouble, clock.GetElapsedTime(began)));
        }

        last = new Seen(clock.GetTimestamp(), [.. states.Values.Select(state => Line(state.Name, state.Told))]);
    }

    private static ConditionLine Line(string condition, Trouble? trouble) =>
        trouble is null
            ? new ConditionLine(condition, HealthStatus.Healthy, null)
            : new ConditionLine(condition, trouble.StopsWork ? HealthStatus.Unhealthy : HealthStatus.Degraded, trouble.ToString());

    private TimeSpan Pause() =>
        !isStarted ? AtStart
        : states.Values.Any(state => state.IsSuspected || state.Told is { StopsWork: true }) ? Suspicious
        : Calm;

    private async Task<IEnumerable<Finding>> Look(ConditionCheck check, CancellationToken stoppingToken)
    {
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            deadline.CancelAfter(check.Deadline);
            // What does not heed its token is left to itself a little later.
            var found = await Task.Run(() => check.Look(deadline.Token), stoppingToken)
                .WaitAsync(check.Deadline + Suspicious, stoppingToken);
            return check.Conditions.Select(condition => new Finding(
                condition,
                found.FirstOrDefault(trouble => trouble.Condition == condition)
            ));
        }
        catch (Exception exception)
        {
            ConditionLog.LookFailed(log, exception, string.Join(", ", check.Conditions));
            return check.Explain(exception) is { } trouble ? [new Finding(trouble.Condition, trouble)] : [];
        }
    }

    private void Tell(string condition, ConditionState.Change? change)
    {
        if (change is { IsOver: true })
        {
            ConditionLog.Cleared(log, service, condition, change.Lasted, change.Trouble.Cause);
        }
        else if (change is not null)
        {
            ConditionLog.Degraded(log, service, condition, change.Trouble.Cause, change.Trouble.Consequence, change.Trouble.NextMove);
        }
    }

    private IEnumerable<Measurement<int>> Measure() =>
        (last?.Lines ?? []).Select(line => new Measurement<int>(
            line.Status == HealthStatus.Healthy ? 0 : 1,
            new("saga.condition", line.Name),
            new("saga.service", service)
        ));

    private sealed record Finding(string Condition, Trouble? Trouble);

    private sealed record Seen(long At, IReadOnlyList<ConditionLine> Lines);
}
