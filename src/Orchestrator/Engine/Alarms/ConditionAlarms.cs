using Microsoft.Extensions.Diagnostics.HealthChecks;
using SagaOrchestrator.Messaging.Health;

namespace SagaOrchestrator.Engine.Alarms;

/// <summary>
/// What this node's watch sees: participants that nobody reads, an old outbox, late timers, unrouted messages, servers that are away.
/// </summary>
internal sealed class ConditionAlarms(ConditionWatch watch) : NodeAlarmSource
{
    public override IReadOnlyList<AlarmCause> Look() =>
        [
            .. Seen(watch.Report)
                .Where(condition => condition.Status != HealthStatus.Healthy && condition.Description is not null)
                .Select(condition => new AlarmCause(AlarmKinds.Condition, condition.Name, condition.Description!)),
        ];

    // A node that has just been started has not looked around yet, and that needs nobody.
    private static IReadOnlyList<ConditionLine> Seen(ConditionReport report) => report.Age is null ? [] : report.Conditions;
}
