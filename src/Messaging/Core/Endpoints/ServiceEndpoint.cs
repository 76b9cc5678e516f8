using MassTransit;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.Consuming;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Handling;
using SagaOrchestrator.Messaging.RabbitMq.Acknowledging;
using SagaOrchestrator.Messaging.RabbitMq.Consuming;
using SagaOrchestrator.Messaging.RabbitMq.DeadLetters;
using SagaOrchestrator.Messaging.RabbitMq.Health;
using SagaOrchestrator.Messaging.Waiting;

namespace SagaOrchestrator.Messaging.Endpoints;

/// <summary>A queue that a service reads, and what handles its messages.</summary>
/// <param name="Queue">The queue's name.</param>
/// <param name="Outbox">The service's outbox.</param>
/// <param name="Prefetch">How many messages are handled at the same time at most.</param>
/// <param name="Handlers">Adds the saga or the consumers.</param>
public sealed record ServiceEndpoint(
    string Queue, ServiceOutbox Outbox, int Prefetch, Action<IReceiveEndpointConfigurator> Handlers)
{
    internal Deliveries Deliveries { get; } = new();

    internal Canaries Canaries { get; } = new();

    internal WaitingPlaces WaitingPlaces { get; } = new(Prefetch);

    /// <summary>Applies what every endpoint has in common: quorum queue, dead letters with reasons, retries, unit of work.</summary>
    /// <param name="endpoint">The endpoint that is being configured.</param>
    /// <param name="log">Where dead letters are logged.</param>
    /// <param name="stopping">Cancelled when the service is asked to end: what waits to be tried again is left then, and goes back to its queue with the channel.</param>
    public void Configure(IReceiveEndpointConfigurator endpoint, ILogger log, CancellationToken stopping) => Configure(endpoint, log, null, stopping);

    internal void Configure(IReceiveEndpointConfigurator endpoint, ILogger log, DeadLetterSender? deadLetters, CancellationToken stopping)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        endpoint.PrefetchCount = Prefetch;
        endpoint.ConcurrentMessageLimit = Prefetch;
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            rabbit.SetQuorumQueue();
            rabbit.ConfigureChannel(pipe => pipe.UseFilter(new GroupedAckFilter(Deliveries, log, stopping)));
        }

        var waits = new Waits(Queue, Outbox.Store, log);
        var failed = new FailedMessageFilter(Queue, deadLetters, log);
        endpoint.ConfigureError(pipe => pipe.UseFilter(failed));
        endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(new UnhandledMessageFilter(Queue, failed)));
        ((IReceivePipelineConfigurator)endpoint).ConfigureReceive(pipe =>
        {
            pipe.UseFilter(Canaries);
            pipe.UseFilter(Deliveries);
            pipe.UseFilter(new SagaLogScope(log));
            pipe.UseFilter(new LostDelivery(Queue, log));
            pipe.UseFilter(new DeliveryLimitFilter(Queue, failed, WaitingPlaces, waits));
        });
        _ = new UnitOfWorkObserver(endpoint, Outbox, new PutBacks(Queue, Outbox), WaitingPlaces, waits, stopping);
        Handlers(endpoint);
    }
}
