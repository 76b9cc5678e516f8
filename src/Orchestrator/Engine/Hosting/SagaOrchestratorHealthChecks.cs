using Microsoft.Extensions.Diagnostics.HealthChecks;
using SagaOrchestrator.Messaging.Health;

namespace SagaOrchestrator;

/// <summary>Adds the orchestrator to a host's health checks.</summary>
public static class SagaOrchestratorHealthChecks
{
    /// <summary>
    /// Reports what <c>/health/ready</c> does: healthy; degraded when it can work and something is missing or slow; unhealthy when it can
    /// neither accept nor handle work. The description is cause, consequence and next move. It answers from the last look and never waits.
    /// <code> builder.Services.AddHealthChecks().AddSagaOrchestrator();
    /// </code>
    /// </summary>
    /// <param name="builder">
    /// The host's health checks. The host does not start without <c>AddSagaOrchestrator(...)</c> on its services.
    /// </param>
    /// <param name="name">The check's name; another check must not have it.</param>
    /// <param name="failureStatus">What to report instead of unhealthy.</param>
    /// <param name="tags">The check's tags.</param>
    public static IHealthChecksBuilder AddSagaOrchestrator(
        this IHealthChecksBuilder builder,
        string name = "saga-orchestrator",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null
    ) =>
        builder.AddConditions<SagaOrchestratorOptions>(
            "The health check AddHealthChecks().AddSagaOrchestrator() has no orchestrator to ask."
                + " Call builder.Services.AddSagaOrchestrator(...) too.",
            name,
            failureStatus,
            tags
        );
}
