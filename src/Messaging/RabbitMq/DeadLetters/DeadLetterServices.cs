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
    public static IServiceCollection AddDeadLetterIndex(this IServiceCollection services, BusConnection connection, string service)
    {
        services.AddSingleton<IDeadLetterMover>(provider => new DeadLetterMover(
            connection,
            service,
            provider.GetRequiredService<ILogger<DeadLetterMover>>()
        ));
        return services.AddHostedService(provider => new DeadLetterIndexReader(
            connection,
            service,
            provider.GetRequiredService<IDeadLetterIndex>(),
            provider.GetRequiredService<ILogger<DeadLetterIndexReader>>()
        ));
    }
}
