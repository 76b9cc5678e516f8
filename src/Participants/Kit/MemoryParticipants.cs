using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.InMemory;
using SagaOrchestrator.Participants.Fencing;

namespace SagaOrchestrator.Participants;

/// <summary>Participants in memory, for tests and the embedded mode.</summary>
internal static class MemoryParticipants
{
    /// <summary>Adds a participant with an inbox and outbox of its own, and its sweeper.</summary>
    /// <param name="services">The container.</param>
    /// <param name="queue">Its queue.</param>
    /// <param name="fence">Where its steps are remembered; may be shared.</param>
    /// <param name="dispatching">May put something before the dispatcher.</param>
    /// <param name="steps">Adds its steps.</param>
    public static IServiceCollection AddMemoryParticipant(
        this IServiceCollection services, string queue, MemoryFence fence, Func<IMessageDispatcher, IMessageDispatcher> dispatching,
        Action<ParticipantEndpoint> steps) => services
        .AddKeyedSingleton(queue, (provider, _) =>
        {
            var memory = new MemoryCommitter();
            return new ServiceOutbox(
                queue, memory, memory, dispatching(new BusDispatcher(provider.GetRequiredService<IBus>)),
                provider.GetRequiredService<ILoggerFactory>().CreateLogger<ServiceOutbox>());
        })
        .AddSingleton<IHostedService>(provider =>
            new OutboxSweeper(provider.GetRequiredKeyedService<ServiceOutbox>(queue), TimeSpan.FromSeconds(2)))
        .AddSingleton(provider =>
        {
            var endpoint = ParticipantEndpoint.InMemory(
                queue, provider.GetRequiredKeyedService<ServiceOutbox>(queue), fence,
                provider.GetRequiredService<ILoggerFactory>().CreateLogger<ParticipantEndpoint>());
            steps(endpoint);
            return endpoint.Build();
        });
}
