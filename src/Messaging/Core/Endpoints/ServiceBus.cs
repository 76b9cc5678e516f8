using System.Globalization;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Consuming;
using SagaOrchestrator.Messaging.RabbitMq.DeadLetters;

namespace SagaOrchestrator.Messaging.Endpoints;

/// <summary>Sets up MassTransit for the endpoints that are registered as <see cref="ServiceEndpoint"/>.</summary>
public static class ServiceBus
{
    /// <summary>A bus on RabbitMQ.</summary>
    /// <param name="services">The container.</param>
    /// <param name="connection">Where the broker is.</param>
    /// <param name="name">How the connection is called in the management console.</param>
    public static IServiceCollection AddRabbitMqBus(this IServiceCollection services, BusConnection connection, string name)
    {
        var sockets = new BusSockets();
        services.AddSingleton(_ => new DeadLetterSender(connection, name));
        services.AddBus(bus => bus.SetBusFactory(new ReconnectingBusFactory((context, rabbit) =>
        {
            var nodes = connection.Nodes();
            rabbit.Host(nodes[0].Host, (ushort)nodes[0].Port, connection.VirtualHost, name, host =>
            {
                if (nodes.Count > 1)
                {
                    host.UseCluster(cluster =>
                    {
                        foreach (var node in nodes)
                        {
                            cluster.Node(string.Create(CultureInfo.InvariantCulture, $"{node.Host}:{node.Port}"));
                        }
                    });
                }

                host.Username(connection.Username);
                host.Password(connection.Password);
                host.PublisherConfirmation = true;
                host.Heartbeat(TimeSpan.FromSeconds(10));
                host.OnRefreshConnectionFactory = factory =>
                {
                    factory.SocketFactory = sockets.Open;
                    return Task.CompletedTask;
                };
            });
            rabbit.SendTopology.ErrorQueueNameFormatter = new DeadLetterQueueName();
            rabbit.SendTopology.DeadLetterQueueNameFormatter = new DeadLetterQueueName();
            Endpoints(context, rabbit, context.GetRequiredService<DeadLetterSender>());
        })));
        services.AddHostedService(provider => new BrokerDeadLetters(
            provider.GetRequiredService<ServiceEndpoint>().Queue, provider.GetRequiredService<DeadLetterSender>(),
            provider.GetRequiredService<ILogger<BrokerDeadLetters>>()));
        // After the bus, so that it stops before.
        services.AddHostedService(provider => new ConsumerWatch(
            provider.GetRequiredService<ServiceEndpoint>(), connection, sockets, TimeProvider.System,
            provider.GetRequiredService<IHostApplicationLifetime>(), provider.GetRequiredService<ILogger<ConsumerWatch>>()));
        return services;
    }

    /// <summary>A bus in memory, for tests and the embedded mode.</summary>
    public static IServiceCollection AddInMemoryBus(this IServiceCollection services) =>
        services.AddBus(bus => bus.UsingInMemory((context, memory) =>
        {
            memory.SendTopology.ErrorQueueNameFormatter = new DeadLetterQueueName();
            memory.SendTopology.DeadLetterQueueNameFormatter = new DeadLetterQueueName();
            Endpoints(context, memory, deadLetters: null);
        }));

    private static IServiceCollection AddBus(this IServiceCollection services, Action<IBusRegistrationConfigurator> transport)
    {
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            transport(bus);
        });
        services.Configure<MassTransitHostOptions>(options =>
        {
            options.WaitUntilStarted = false;
            options.StopTimeout = TimeSpan.FromSeconds(20);
        });
        return services;
    }

    private static void Endpoints<T>(IBusRegistrationContext context, IBusFactoryConfigurator<T> bus, DeadLetterSender? deadLetters)
        where T : IReceiveEndpointConfigurator
    {
        bus.ConfigureJsonSerializerOptions(options =>
        {
            options.WriteIndented = false;
            return options;
        });
        // The envelope's own content type is the only one that is spoken here; whatever else a sender names is read as one, and refused if it is none.
        bus.ClearSerialization();
        bus.AddSerializer(new LeanSerializerFactory(context.GetService<IntakeLimits>() ?? IntakeLimits.Default));
        bus.AddDeserializer(new LeanSerializerFactory(context.GetService<IntakeLimits>() ?? IntakeLimits.Default), isDefault: true);
        var log = context.GetRequiredService<ILoggerFactory>().CreateLogger("SagaOrchestrator.Endpoint");
        var stopping = context.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        foreach (var endpoint in context.GetServices<ServiceEndpoint>())
        {
            bus.ReceiveEndpoint(endpoint.Queue, configurator => endpoint.Configure(configurator, log, deadLetters, stopping));
        }
    }
}
