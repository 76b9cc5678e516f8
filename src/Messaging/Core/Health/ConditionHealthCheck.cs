using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SagaOrchestrator.Messaging.Health;

/// <summary>Answers a host's health check from what the watch has seen last. It looks at nothing itself, so it never waits.</summary>
internal sealed class ConditionHealthCheck(ConditionWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var report = watch.Report;
        var broken = report.Conditions.Where(line => line.Description is not null).ToList();
        return Task.FromResult(
            new HealthCheckResult(
                report.Status == HealthStatus.Unhealthy ? context.Registration.FailureStatus : report.Status,
                broken.Count == 0 ? null : string.Join(' ', broken.Select(line => line.Description)),
                data: broken.ToDictionary(line => line.Name, line => (object)line.Description!, StringComparer.Ordinal)
            )
        );
    }
}
