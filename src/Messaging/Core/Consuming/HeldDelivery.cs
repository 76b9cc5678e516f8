using MassTransit;

namespace SagaOrchestrator.Messaging.Consuming;

/// <summary>A delivery whose acknowledgement can be held back although its handling is over.</summary>
internal readonly struct HeldDelivery
{
    private readonly IHoldsDeliveries channel;
    private readonly ulong tag;

    private HeldDelivery(IHoldsDeliveries channel, ulong tag) => (this.channel, this.tag) = (channel, tag);

    /// <summary>The delivery, if its transport can hold it.</summary>
    public static HeldDelivery? Of(ReceiveContext context) =>
        context.TryGetPayload(out IHoldsDeliveries? channel) && channel.TagOf(context) is { } tag ? new HeldDelivery(channel, tag) : null;

    /// <summary>Acknowledges it when this has ended, or requeues it when this fails.</summary>
    public void Until(Task settled) => channel.Hold(tag, settled);
}

/// <summary>A channel that can acknowledge a delivery later than its handling ends: a payload of the deliveries that come on it.</summary>
public interface IHoldsDeliveries
{
    /// <summary>The delivery's number on the channel; null when it did not come on one.</summary>
    ulong? TagOf(ReceiveContext delivery);

    /// <summary>Has the acknowledgement of a delivery wait for a task. When the task fails, the delivery is requeued instead.</summary>
    void Hold(ulong tag, Task settled);
}
