using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.InMemory;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Participants.Sensitive;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants;

/// <summary>Participants in memory, for tests and the embedded mode. Those of a container share a fence.</summary>
internal static class MemoryParticipants
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(2);

    /// <summary>Adds a participant with an inbox and outbox of its own, and its sweeper.</summary>
    /// <param name="services">The container.</param>
    /// <param name="queue">Its queue.</param>
    /// <param name="dispatcher">Sends what it sends.</param>
    /// <param name="steps">Adds its steps.</param>
    /// <exception cref="InvalidOperationException">The container has a participant with this queue.</exception>
    public static IServiceCollection AddMemoryParticipant(
        this IServiceCollection services,
        string queue,
        Func<IServiceProvider, IMessageDispatcher> dispatcher,
        Action<ParticipantEndpoint, IServiceProvider> steps
    )
    {
        if (services.Any(service => service.ServiceType == typeof(ServiceOutbox) && Equals(service.ServiceKey, queue)))
        {
            throw new InvalidOperationException($"This host has a participant '{queue}' already. Add all its steps in one place.");
        }

        services.TryAddSingleton<MemoryFence>();
        return services
            .AddKeyedSingleton(queue, (provider, _) => Outbox(queue, dispatcher(provider), provider))
            .AddSingleton<IHostedService>(provider => new OutboxSweeper(provider.GetRequiredKeyedService<ServiceOutbox>(queue), SweepEvery))
            .AddSingleton(provider =>
            {
                var endpoint = Endpoint(queue, provider);
                steps(endpoint, provider);
                return endpoint.Build();
            })
            // Any of them answers for all, because they share the fence.
            .AddSingleton(provider => new DeferredReplies(
                provider.GetRequiredKeyedService<ServiceOutbox>(queue),
                provider.GetRequiredService<MemoryFence>(),
                provider.GetService<CommandOpener>()
            ));
    }

    private static ServiceOutbox Outbox(string queue, IMessageDispatcher dispatcher, IServiceProvider provider)
    {
        var memory = new MemoryCommitter();
        return new ServiceOutbox(
            queue,
            memory,
            memory,
            dispatcher,
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<ServiceOutbox>()
        );
    }

    private static ParticipantEndpoint Endpoint(string queue, IServiceProvider provider) =>
        ParticipantEndpoint.InMemory(
            queue,
            provider.GetRequiredKeyedService<ServiceOutbox>(queue),
            provider.GetRequiredService<MemoryFence>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<ParticipantEndpoint>(),
            provider.GetService<CommandOpener>()
        );
}
