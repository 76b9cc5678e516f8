using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Endpoints;
using SagaOrchestrator.Messaging.Postgres.Health;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Health;
using SagaOrchestrator.Messaging.RabbitMq.Publishing;

namespace SagaOrchestrator.Messaging.Health;

/// <summary>What every service is watched for.</summary>
public static class ServiceConditions
{
    /// <summary>Watches database, broker, queue and outbox, and whatever else is registered as a <see cref="ConditionCheck"/>.</summary>
    /// <param name="services">The container, with the service's database, publisher, outbox and endpoint.</param>
    /// <param name="connection">Where the broker is.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="schema">Its schema.</param>
    public static IServiceCollection AddServiceConditions(this IServiceCollection services, BusConnection connection, string service, string schema) => services
        .AddSingleton(_ => new QueueMonitor(connection, service))
        .AddSingleton<ConditionCheck>(provider => new DatabaseWrites(provider.GetRequiredService<NpgsqlDataSource>(), schema))
        .AddSingleton<ConditionCheck>(provider => new OutboxAge(provider.GetRequiredService<ServiceOutbox>().Store))
        .AddSingleton<ConditionCheck>(provider => new RoundTrip(
            provider.GetRequiredService<RabbitMqPublisher>(), provider.GetRequiredService<ServiceEndpoint>(), connection,
            provider.GetRequiredService<QueueMonitor>(), TimeProvider.System))
        .AddBusCondition()
        .AddConditionWatch(service);

    /// <summary>Asks the bus whether it reads the service's queue.</summary>
    /// <param name="services">The container, with the bus and the endpoint.</param>
    public static IServiceCollection AddBusCondition(this IServiceCollection services) => services.AddSingleton<ConditionCheck>(provider =>
        new BusEndpoint(provider.GetRequiredService<IBusControl>(), provider.GetRequiredService<ServiceEndpoint>().Queue));

    /// <summary>Watches whatever is registered as a <see cref="ConditionCheck"/>.</summary>
    /// <param name="services">The container.</param>
    /// <param name="service">The service's name.</param>
    public static IServiceCollection AddConditionWatch(this IServiceCollection services, string service) => services
        .AddSingleton(provider => new ConditionWatch(
            service, provider.GetServices<ConditionCheck>(), TimeProvider.System, provider.GetRequiredService<ILogger<ConditionWatch>>()))
        .AddHostedService(provider => provider.GetRequiredService<ConditionWatch>());
}
