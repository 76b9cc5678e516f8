using System.Diagnostics.Metrics;
using SagaOrchestrator.Engine.Audit.Rules;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Engine.Audit.Running;

/// <summary>What the auditor looks at and finds.</summary>
internal sealed class AuditMetrics
{
    private readonly Counter<long> looked;
    private readonly Counter<long> repairs;
    private readonly Dictionary<string, long> standing = new(StringComparer.Ordinal);

    public AuditMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.Sagas);
        looked = meter.CreateCounter<long>("saga.audit.sagas", "{saga}", "Sagas that the auditor looked at.");
        repairs = meter.CreateCounter<long>("saga.audit.repairs", "{finding}", "Findings that the auditor repaired, by saga.audit.kind.");
        meter.CreateObservableGauge(
            "saga.audit.standing",
            Standing,
            "{finding}",
            "Findings that the last run of the auditor on this node left, by saga.audit.kind."
        );
    }

    public void Ran(AuditRun run, IReadOnlyList<Finding> repaired, IReadOnlyList<Finding> left)
    {
        looked.Add(run.LookedAt.Sagas);
        foreach (var finding in repaired)
        {
            repairs.Add(1, Kind(finding.Kind));
        }

        lock (standing)
        {
            // One that is gone is told as zero: a gauge that is not told stays where it was.
            foreach (var kind in standing.Keys)
            {
                standing[kind] = 0;
            }

            foreach (var kind in left.GroupBy(finding => finding.Kind, StringComparer.Ordinal))
            {
                standing[kind.Key] = kind.Count();
            }
        }
    }

    private IEnumerable<Measurement<long>> Standing()
    {
        lock (standing)
        {
            return [.. standing.Select(pair => new Measurement<long>(pair.Value, Kind(pair.Key)))];
        }
    }

    private static KeyValuePair<string, object?> Kind(string kind) => new("saga.audit.kind", kind);
}
