using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Messaging.RabbitMq.DeadLetters;

/// <summary>Adds what lists dead letters and moves them.</summary>
public static class DeadLetterServices
{
    /// <summary>
    /// Reads copies of dead letters into the <see cref="IDeadLetterIndex"/> that the container has, and adds an
    /// <see cref="IDeadLetterMover"/>.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="connection">Where the broker is. The user needs the rights that the generated definitions give an orchestrator.</param>
    /// <param name="service">The queue of the service that keeps the index.</param>
    /// <param name="queues">The queues whose dead letters it keeps.</param>
    public static IServiceCollection AddDeadLetterIndex(
        this IServiceCollection services,
        BusConnection connection,
        string service,
        Func<IServiceProvider, IReadOnlyList<string>> queues
    )
    {
        services.AddSingleton<IDeadLetterMover>(provider => new DeadLetterMover(
            connection,
            service,
            provider.GetRequiredService<ILogger<DeadLetterMover>>()
        ));
        services.AddHostedService(provider =>
        {
            var log = provider.GetRequiredService<ILogger<DeadLetterIndexReader>>();
            return new DeadLetterIndexReader(
                connection,
                service,
                provider.GetRequiredService<IDeadLetterIndex>(),
                new DeadLetterBindings(queues(provider), log),
                log
            );
        });
        return services;
    }
}
