using SagaOrchestrator.Engine.Hosting;
using SagaOrchestrator.Messaging.InMemory;

namespace SagaOrchestrator;

/// <summary>Adds an orchestrator to a host.</summary>
public static class SagaOrchestratorServices
{
    /// <summary>
    /// Adds an orchestrator: its sagas, timers and breakers. A host has one.
    /// <code>
    /// builder.Services.AddSagaOrchestrator(o => o.UsePostgres(connectionString).UseRabbitMq(broker)).AddPlan&lt;TripPlan&gt;();
    /// </code>
    /// </summary>
    /// <param name="services">The host's container.</param>
    /// <param name="configure">Says what it is made of.</param>
    /// <exception cref="InvalidOperationException">Something is missing; the message says what to call.</exception>
    public static SagaOrchestratorBuilder AddSagaOrchestrator(this IServiceCollection services, Action<SagaOrchestratorOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        if (services.Any(service => service.ServiceType == typeof(SagaOrchestratorOptions)))
        {
            throw new InvalidOperationException(
                "This host has an orchestrator already. Add plans to it with AddPlan<...>(), or start another host."
            );
        }

        var options = new SagaOrchestratorOptions();
        configure(options);
        options.CheckNames();
        services.AddSingleton(options);
        if (MemoryServers.In(services) is { } memory)
        {
            services.AddInMemoryCore(options, memory.Dispatcher);
            return Builder(services, options);
        }

        options.CheckServers();
        if (options.IsInMemory)
        {
            services.AddInMemory(options);
            services.AddInMemoryBus();
        }
        else
        {
            services.AddOnServers(options);
        }

        return Builder(services, options);
    }

    private static SagaOrchestratorBuilder Builder(IServiceCollection services, SagaOrchestratorOptions options)
    {
        var builder = new SagaOrchestratorBuilder(services);
        return options.PlansFolder is { Length: > 0 } folder ? builder.AddPlanDocuments(folder) : builder;
    }
}
