using MassTransit;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messaging.Consuming;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Handling;
using SagaOrchestrator.Messaging.Waiting;

namespace SagaOrchestrator.Messaging.Endpoints;

/// <summary>A queue that a service reads, and what handles its messages.</summary>
/// <param name="Queue">The queue's name.</param>
/// <param name="Outbox">The service's outbox.</param>
/// <param name="Prefetch">How many messages are handled at the same time at most.</param>
/// <param name="Handlers">Adds the saga or the consumers.</param>
public sealed record ServiceEndpoint(string Queue, ServiceOutbox Outbox, int Prefetch, Action<IReceiveEndpointConfigurator> Handlers)
{
    /// <summary>
    /// Applies what every endpoint has in common on every transport: dead letters with reasons, retries, waiting, unit of work.
    /// </summary>
    /// <param name="endpoint">The endpoint that is being configured.</param>
    /// <param name="log">Where dead letters are logged.</param>
    /// <param name="broker">The broker; null for the transport in memory.</param>
    /// <param name="stopping">Cancelled when the service shuts down: what waits for another attempt is left then, and requeued with the
    /// channel.</param>
    /// <param name="letters">Is told of dead letters of the transport in memory; null when nobody wants to know.</param>
    public void Configure(
        IReceiveEndpointConfigurator endpoint,
        ILogger log,
        IBroker? broker,
        CancellationToken stopping,
        IDeadLetterIndex? letters = null
    )
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        endpoint.PrefetchCount = Prefetch;
        endpoint.ConcurrentMessageLimit = Prefetch;
        var places = new WaitingPlaces(Prefetch);
        var waits = new Waits(Queue, Outbox.Store, broker, log);
        var failed = new FailedMessageFilter(Queue, broker, log, letters);
        endpoint.ConfigureError(pipe => pipe.UseFilter(failed));
        endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(new UnhandledMessageFilter(Queue, failed, broker)));
        ((IReceivePipelineConfigurator)endpoint).ConfigureReceive(pipe =>
        {
            pipe.UseFilter(new ConsumerSpans(Queue, broker?.MessagingSystem ?? "in-memory"));
            pipe.UseFilter(new SagaLogScope(log));
            pipe.UseFilter(new LostDelivery(Queue, log));
            pipe.UseFilter(new DeliveryLimitFilter(Queue, failed, places, waits));
        });
        var requeues = new Requeues(Queue, Outbox, broker, new WaitingPlaces(Prefetch));
        _ = new UnitOfWorkObserver(endpoint, Outbox, requeues, places, waits, stopping);
        Handlers(endpoint);
    }
}
