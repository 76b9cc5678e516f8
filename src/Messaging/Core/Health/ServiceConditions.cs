using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Endpoints;

namespace SagaOrchestrator.Messaging.Health;

/// <summary>What every service is watched for, on whatever database and broker.</summary>
public static class ServiceConditions
{
    /// <summary>Watches whether messages stay in the outbox.</summary>
    /// <param name="services">The container, with the service's outbox.</param>
    public static IServiceCollection AddOutboxCondition(this IServiceCollection services) =>
        services.AddSingleton<ConditionCheck>(provider => new OutboxAge(provider.GetRequiredService<ServiceOutbox>().Store));

    /// <summary>Asks the bus whether it reads the service's queue.</summary>
    /// <param name="services">The container, with the bus and the endpoint.</param>
    public static IServiceCollection AddBusCondition(this IServiceCollection services) =>
        services.AddSingleton<ConditionCheck>(provider => new BusEndpoint(
            provider.GetRequiredService<IBusControl>(),
            provider.GetRequiredService<ServiceEndpoint>().Queue
        ));

    /// <summary>Watches whatever is registered as a <see cref="ConditionCheck"/>.</summary>
    /// <param name="services">The container.</param>
    /// <param name="service">The service's name.</param>
    public static IServiceCollection AddConditionWatch(this IServiceCollection services, string service) =>
        services
            .AddSingleton(provider => new ConditionWatch(
                service,
                provider.GetServices<ConditionCheck>(),
                TimeProvider.System,
                provider.GetRequiredService<ILogger<ConditionWatch>>()
            ))
            .AddHostedService(provider => provider.GetRequiredService<ConditionWatch>());
}
