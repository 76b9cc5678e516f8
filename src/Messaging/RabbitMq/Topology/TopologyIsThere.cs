using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Messaging.RabbitMq.Topology;

/// <summary>
/// Has MassTransit find its queue and exchange where it would declare them: they belong to whoever applies the topology, and a service has
/// no right to change them.
/// </summary>
internal sealed class TopologyIsThere : IFilter<ChannelContext>
{
    public Task Send(ChannelContext context, IPipe<ChannelContext> next) => next.Send(new FindingChannel(context));

    public void Probe(ProbeContext context) => context.CreateFilterScope("topologyIsThere");

    private sealed class FindingChannel : SharedChannelContext, ChannelContext
    {
        private readonly ChannelContext channel;

        public FindingChannel(ChannelContext channel)
            : base(channel, channel.CancellationToken) => this.channel = channel;

        // MassTransit calls it like the queue.
        Task ChannelContext.ExchangeDeclare(
            string exchange,
            string type,
            bool durable,
            bool autoDelete,
            IDictionary<string, object> arguments,
            CancellationToken cancellationToken
        ) => channel.ExchangeDeclarePassive(Queues.ExchangeOf(exchange), cancellationToken);

        Task<QueueDeclareOk> ChannelContext.QueueDeclare(
            string queue,
            bool durable,
            bool exclusive,
            bool autoDelete,
            IDictionary<string, object> arguments,
            CancellationToken cancellationToken
        ) => channel.QueueDeclarePassive(queue, cancellationToken);

        // Nobody can ask for a binding. The watch's canaries find that one is missing.
        Task ChannelContext.ExchangeBind(
            string destination,
            string source,
            string routingKey,
            IDictionary<string, object> arguments,
            CancellationToken cancellationToken
        ) => Task.CompletedTask;

        Task ChannelContext.QueueBind(
            string queue,
            string exchange,
            string routingKey,
            IDictionary<string, object> arguments,
            CancellationToken cancellationToken
        ) => Task.CompletedTask;
    }
}
