using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Messaging.Endpoints;
using SagaOrchestrator.Messaging.Health;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Publishing;

namespace SagaOrchestrator.Messaging.RabbitMq.Health;

/// <summary>What a service on RabbitMQ is watched for.</summary>
public static class RabbitMqConditions
{
    /// <summary>Watches the broker, the way to the service's own queue and back, and whether the bus reads that queue.</summary>
    /// <param name="services">The container, with the service's publisher, endpoint and bus.</param>
    /// <param name="connection">Where the broker is.</param>
    /// <param name="service">The service's name, for the management console.</param>
    public static IServiceCollection AddRabbitMqConditions(this IServiceCollection services, BusConnection connection, string service) =>
        services
            .AddSingleton(_ => new QueueMonitor(connection, service))
            .AddSingleton<ConditionCheck>(provider => new RoundTrip(
                provider.GetRequiredService<RabbitMqPublisher>(),
                provider.GetRequiredService<ServiceEndpoint>().Queue,
                provider.GetRequiredService<Canaries>(),
                connection,
                provider.GetRequiredService<QueueMonitor>(),
                TimeProvider.System
            ))
            .AddBusCondition();
}
