using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using SagaOrchestrator.Messaging.Consuming;
using SagaOrchestrator.Messaging.RabbitMq.Consuming;

namespace SagaOrchestrator.Messaging.RabbitMq.Acknowledging;

/// <summary>
/// Puts <see cref="HeldDeliveries"/>, <see cref="GroupedAcks"/> and <see cref="LostChannel"/> before every channel of an endpoint.
/// </summary>
internal sealed class GroupedAckFilter(Deliveries deliveries, ILogger log, CancellationToken stopping) : IFilter<ChannelContext>
{
    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        var held = new HeldDeliveries(new GroupedAcks(context, TimeProvider.System), deliveries, log, stopping);
        try
        {
            await next.Send(new GroupingChannel(context, held));
        }
        finally
        {
            if (context.Channel.IsOpen)
            {
                await held.Drain();
            }
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("groupedAcks");

    private sealed class GroupingChannel : SharedChannelContext, ChannelContext, IHoldsDeliveries
    {
        private readonly ChannelContext channel;

        public GroupingChannel(ChannelContext channel, HeldDeliveries held)
            : base(channel, channel.CancellationToken) => (this.channel, Held) = (channel, held);

        private HeldDeliveries Held { get; }

        public ulong? TagOf(ReceiveContext delivery) =>
            delivery.TryGetPayload(out RabbitMqBasicConsumeContext? basic) ? basic.DeliveryTag : null;

        public void Hold(ulong tag, Task settled) => Held.Hold(tag, settled);

        // The consumer is not cancelled: it ends with its channel, which MassTransit closes when all deliveries are over. Should the
        // broker's node die before, the queue takes back what its consumers there hold, but not what a cancelled one holds. That would be
        // in no hands until the queue has another leader (rabbit_fifo in RabbitMQ 3.10 to 4.0).
        Task ChannelContext.BasicCancel(string consumerTag, CancellationToken cancellationToken) => Held.Drain();

        ValueTask ChannelContext.BasicAck(ulong deliveryTag, bool multiple, CancellationToken cancellationToken) =>
            new(Held.Ack(deliveryTag));

        Task ChannelContext.BasicNack(ulong deliveryTag, bool multiple, bool requeue, CancellationToken cancellationToken) =>
            Held.Nack(deliveryTag, requeue);

        Task<string> ChannelContext.BasicConsume(
            string queue,
            bool noAck,
            bool exclusive,
            IDictionary<string, object> arguments,
            IAsyncBasicConsumer consumer,
            string consumerTag,
            CancellationToken cancellationToken
        ) => channel.BasicConsume(queue, noAck, exclusive, arguments, new LostChannel(consumer), consumerTag, cancellationToken);
    }
}
