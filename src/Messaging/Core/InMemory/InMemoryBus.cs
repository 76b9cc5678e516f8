using MassTransit;
using Microsoft.Extensions.DependencyInjection;
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
        services.AddServiceBus(bus =>
            bus.UsingInMemory(
                (context, memory) =>
                    memory.UseServiceEndpoints(
                        context,
                        MessageAttributes.InMemory,
                        (endpoint, configurator, log, stopping) =>
                            endpoint.Configure(configurator, log, broker: null, stopping, context.GetService<IDeadLetterIndex>())
                    )
            )
        );
}
