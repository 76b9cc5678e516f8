using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SagaOrchestrator.Messaging.Health;

namespace SagaOrchestrator.Participants.Hosting;

/// <summary>Adds the participant to a host's health checks.</summary>
public static class ParticipantHealthChecks
{
    /// <summary>
    /// Reports how its database, its broker and its queue stand: healthy; degraded when it can work and something is missing or slow;
    /// unhealthy when it cannot handle commands. The description is cause, consequence and next move. It answers from the last look and
    /// never waits.
    /// <code>
    /// builder.Services.AddHealthChecks().AddSagaParticipant();
    /// </code>
    /// </summary>
    /// <param name="builder">The host's health checks. The host does not start without <c>AddParticipant(...)</c> on its services.</param>
    /// <param name="name">The check's name; another check must not have it.</param>
    /// <param name="failureStatus">What to report instead of unhealthy.</param>
    /// <param name="tags">The check's tags.</param>
    public static IHealthChecksBuilder AddSagaParticipant(
        this IHealthChecksBuilder builder,
        string name = "saga-participant",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null
    ) =>
        builder.AddConditions<ParticipantBuilder>(
            "The health check AddHealthChecks().AddSagaParticipant() has no participant to ask."
                + " Call builder.Services.AddParticipant(\"NAME\", ...) too.",
            name,
            failureStatus,
            tags
        );
}
