using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SagaOrchestrator.Messaging.Health;

/// <summary>Makes the conditions of a service a health check of its host.</summary>
public static class ConditionHealthChecks
{
    /// <summary>Adds a health check that answers from the <see cref="ConditionWatch"/>.</summary>
    /// <typeparam name="TService">What the container has when the host has the service. Without it the host does not start.</typeparam>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="missing">What to say when the host does not have the service.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What it reports when the service can neither accept nor handle work; unhealthy when null.</param>
    /// <param name="tags">The check's tags.</param>
    public static IHealthChecksBuilder AddConditions<TService>(
        this IHealthChecksBuilder builder,
        string missing,
        string name,
        HealthStatus? failureStatus,
        IEnumerable<string>? tags
    )
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder
            .Services.AddOptions<HealthCheckServiceOptions>()
            .Validate<IServiceProviderIsService>((_, services) => services.IsService(typeof(TService)), missing)
            .ValidateOnStart();
        return builder.Add(
            new HealthCheckRegistration(
                name,
                provider => new ConditionHealthCheck(provider.GetRequiredService<ConditionWatch>()),
                failureStatus,
                tags
            )
        );
    }
}
