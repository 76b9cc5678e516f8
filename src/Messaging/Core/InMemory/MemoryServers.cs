using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Messaging.Dispatch;

namespace SagaOrchestrator.Messaging.InMemory;

/// <summary>
/// Stands in a container before its services do, and says that they run in memory whatever servers they name. Who puts it there brings bus
/// and clock.
/// </summary>
/// <param name="dispatcher">Sends what the services send, given their container.</param>
public sealed class MemoryServers(Func<IServiceProvider, IMessageDispatcher> dispatcher)
{
    /// <summary>Sends what the services send, given their container.</summary>
    public Func<IServiceProvider, IMessageDispatcher> Dispatcher => dispatcher;

    /// <summary>The one that stands in a container; null when the services there run on the servers that they name.</summary>
    /// <param name="services">The container.</param>
    public static MemoryServers? In(IServiceCollection services) =>
        services.FirstOrDefault(service => service.ServiceType == typeof(MemoryServers))?.ImplementationInstance as MemoryServers;
}
