using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.Endpoints;
using SagaOrchestrator.Messaging.RabbitMq.Acknowledging;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Consuming;
using SagaOrchestrator.Messaging.RabbitMq.DeadLetters;
using SagaOrchestrator.Messaging.RabbitMq.Health;
using SagaOrchestrator.Messaging.RabbitMq.Senders;
using SagaOrchestrator.Messaging.RabbitMq.Topology;

namespace SagaOrchestrator.Messaging.RabbitMq.Endpoints;

/// <summary>Sets up MassTransit on RabbitMQ.</summary>
public static class RabbitMqBus
{
    /// <summary>A bus on RabbitMQ, with the service's endpoint and the watch over its connection.</summary>
    /// <param name="services">The container.</param>
    /// <param name="connection">Where the broker is.</param>
    /// <param name="name">How the connection is called in the management console.</param>
    public static IServiceCollection AddRabbitMqBus(this IServiceCollection services, BusConnection connection, string name)
    {
        var sockets = new BusSockets();
        services.AddHostedService(provider => new TopologyCheck(connection, provider.GetRequiredService<ServiceEndpoint>().Queue));
        services.AddSingleton<Deliveries>().AddSingleton<Canaries>();
        services.TryAddSingleton<SenderProofs>();
        services.AddSingleton(provider => new MessageSenders(connection.Username, provider.GetRequiredService<SenderProofs>()));
        services.AddSingleton(provider => new DeadLetterSender(connection, name, provider.GetRequiredService<MessageSenders>()));
        services.AddServiceBus(bus =>
            bus.SetBusFactory(
                new ReconnectingBusFactory(
                    (context, rabbit) =>
                    {
                        Connect(rabbit, connection, name, sockets);
                        var broker = new RabbitMqBroker(
                            context.GetRequiredService<DeadLetterSender>(),
                            context.GetRequiredService<MessageSenders>()
                        );
                        var watched = context.GetRequiredService<ServiceEndpoint>();
                        rabbit.UseServiceEndpoints(
                            context,
                            RabbitMqBroker.Attributes,
                            (endpoint, configurator, log, stopping) =>
                            {
                                // Health and ConsumerWatch are about the service's own endpoint.
                                var isWatched = endpoint == watched;
                                var deliveries = isWatched ? context.GetRequiredService<Deliveries>() : new Deliveries();
                                Receive(
                                    configurator,
                                    deliveries,
                                    isWatched ? context.GetRequiredService<Canaries>() : new Canaries(),
                                    log,
                                    stopping
                                );
                                endpoint.Configure(configurator, log, broker, stopping);
                            }
                        );
                    }
                )
            )
        );
        services.AddHostedService(provider => new BrokerDeadLetters(
            provider.GetRequiredService<ServiceEndpoint>().Queue,
            provider.GetRequiredService<DeadLetterSender>(),
            provider.GetRequiredService<ILogger<BrokerDeadLetters>>()
        ));
        // After the bus, so that it stops before.
        services.AddHostedService(provider => new ConsumerWatch(
            provider.GetRequiredService<ServiceEndpoint>(),
            provider.GetRequiredService<Deliveries>(),
            connection,
            sockets,
            TimeProvider.System,
            provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetRequiredService<ILogger<ConsumerWatch>>()
        ));
        return services;
    }

    private static void Connect(IRabbitMqBusFactoryConfigurator rabbit, BusConnection connection, string name, BusSockets sockets)
    {
        // It is the bus's address. BrokerAccess says where each connection goes.
        var node = connection.Nodes()[0];
        rabbit.Host(
            node.Host,
            (ushort)node.Port,
            connection.VirtualHost,
            name,
            host =>
            {
                host.PublisherConfirmation = true;
                host.Heartbeat(TimeSpan.FromSeconds(10));
                host.OnRefreshConnectionFactory = factory =>
                {
                    factory.SocketFactory = sockets.Open;
                    BrokerAccess.Apply(factory, connection);
                    return Task.CompletedTask;
                };
            }
        );
    }

    // Before what all endpoints have in common: canaries are no work, and every delivery is counted.
    private static void Receive(
        IRabbitMqReceiveEndpointConfigurator endpoint,
        Deliveries deliveries,
        Canaries canaries,
        ILogger log,
        CancellationToken stopping
    )
    {
        endpoint.ConfigureChannel(pipe =>
        {
            pipe.UseFilter(new TopologyIsThere());
            pipe.UseFilter(new GroupedAckFilter(deliveries, log, stopping));
        });
        ((IReceivePipelineConfigurator)endpoint).ConfigureReceive(pipe =>
        {
            pipe.UseFilter(new StripsMassTransitHeaders());
            pipe.UseFilter(canaries);
            pipe.UseFilter(deliveries);
        });
    }
}
