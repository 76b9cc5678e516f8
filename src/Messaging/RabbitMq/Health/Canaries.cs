using System.Diagnostics;
using System.Globalization;
using MassTransit;
using MassTransit.RabbitMqTransport;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.RabbitMq.Publishing;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.RabbitMq.Health;

/// <summary>
/// Messages without content that a node sends to its own queue, on the connection that all its messages take, to know that the way there is
/// whole. A node that is served another's passes it on. They are no work: no inbox, no handler, no count of deliveries.
/// </summary>
internal sealed class Canaries : IFilter<ReceiveContext>
{
    /// <summary>By this they are told from messages.</summary>
    public const string ContentType = SendSpan.UntracedContentType;

    private const string NodeHeader = "saga-canary-node";
    private const string HopsHeader = "saga-canary-hops";

    // With two nodes it takes two on average. One whose node is gone does not go on for ever.
    private const int MostHops = 40;

    private readonly string node = Guid.NewGuid().ToString();
    private IMessageDispatcher? dispatcher;
    private string? user;
    private volatile Flight? last;

    /// <summary>The one that was released last has come back; completed when it does.</summary>
    public Task Back => last?.Back.Task ?? Task.CompletedTask;

    /// <summary>From now on canaries of this user are taken for such.</summary>
    public void Use(IMessageDispatcher sender, string? sentBy) => (dispatcher, user) = (sender, sentBy);

    /// <summary>A new one; nobody waits for the one before any more.</summary>
    public OutgoingMessage Release(string queue)
    {
        var flight = new Flight(Guid.NewGuid(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        last = flight;
        return Message(flight.Id, Queues.ExchangeOf(queue), node, hops: 0);
    }

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if (
            dispatcher is null
            || !context.TryGetPayload(out RabbitMqBasicConsumeContext? delivery)
            || delivery.Properties.ContentType != ContentType
            || (user is not null && delivery.Properties.UserId != user)
        )
        {
            return next.Send(context);
        }

        if (Activity.Current is { } span)
        {
            // Nobody looks for it in the traces.
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        var from = context.TransportHeaders.Get<string>(NodeHeader);
        if (from == node)
        {
            if (last is { } flight && delivery.Properties.MessageId == flight.Id.ToString())
            {
                flight.Back.TrySetResult();
            }
        }
        else if (
            from is not null
            && Guid.TryParse(delivery.Properties.MessageId, out var id)
            && int.TryParse(context.TransportHeaders.Get<string>(HopsHeader), CultureInfo.InvariantCulture, out var hops)
            && hops < MostHops
        )
        {
            dispatcher.Send([Message(id, delivery.Exchange, from, hops + 1)], static (_, _) => { });
        }

        return Task.CompletedTask;
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("canaries");

    private static OutgoingMessage Message(Guid id, string exchange, string node, int hops) =>
        new(
            id,
            exchange,
            ContentType,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [NodeHeader] = node,
                [HopsHeader] = hops.ToString(CultureInfo.InvariantCulture),
            },
            ReadOnlyMemory<byte>.Empty
        );

    private sealed record Flight(Guid Id, TaskCompletionSource Back);
}
