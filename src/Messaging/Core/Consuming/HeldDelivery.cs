using System.Diagnostics;
using MassTransit;
using MassTransit.RabbitMqTransport;
using SagaOrchestrator.Messaging.RabbitMq.Acknowledging;

namespace SagaOrchestrator.Messaging.Consuming;

/// <summary>A delivery whose acknowledgement can be held back although its handling is over.</summary>
internal readonly struct HeldDelivery
{
    private readonly HeldDeliveries channel;
    private readonly ulong tag;

    private HeldDelivery(HeldDeliveries channel, ulong tag) => (this.channel, this.tag) = (channel, tag);

    /// <summary>The delivery, if its transport can hold it. When somebody traces it, its span is to last until the commit, so it waits.</summary>
    public static HeldDelivery? Of(ReceiveContext context) =>
        Activity.Current is null
        && context.TryGetPayload(out IHoldsDeliveries? holds)
        && context.TryGetPayload(out RabbitMqBasicConsumeContext? delivery)
            ? new HeldDelivery(holds.Held, delivery.DeliveryTag) : null;

    /// <summary>Acknowledges it when this has ended, or gives it back to its queue when this fails.</summary>
    public void Until(Task settled) => channel.Hold(tag, settled);
}

/// <summary>A channel that holds deliveries.</summary>
internal interface IHoldsDeliveries
{
    HeldDeliveries Held { get; }
}
