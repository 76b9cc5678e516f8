using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Endpoints;
using SagaOrchestrator.Messaging.Formats;

namespace SagaOrchestrator.Messaging.InMemory;

/// <summary>The transport in memory.</summary>
public static class InMemoryBus
{
    /// <summary>A bus in memory, for tests and the embedded mode.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddInMemoryBus(this IServiceCollection services) =>
        services.AddServiceBus(bus => bus.UsingInMemory((context, memory) => memory.UseMemoryEndpoints(context)));

    /// <summary>Sets the envelope's format and adds every registered endpoint, each behind the exchange that others send to.</summary>
    /// <param name="bus">The bus that is being configured.</param>
    /// <param name="context">The container.</param>
    public static void UseMemoryEndpoints(this IInMemoryBusFactoryConfigurator bus, IBusRegistrationContext context) =>
        bus.UseServiceEndpoints(
            context,
            MessageAttributes.InMemory,
            (endpoint, configurator, log, stopping) =>
            {
                configurator.Bind(Queues.ExchangeOf(endpoint.Queue));
                endpoint.Configure(configurator, log, broker: null, stopping, context.GetService<IDeadLetterIndex>());
            }
        );
}
