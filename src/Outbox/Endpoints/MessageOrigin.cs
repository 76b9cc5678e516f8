using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace SagaOrchestrator.Outbox.Endpoints;

/// <summary>Who sent a message, as the broker has validated it (rule S37). RabbitMQ refuses a message with another user's id.</summary>
public static class MessageOrigin
{
    /// <summary>The broker user who sent it; null when the sender did not say, or on a transport without users.</summary>
    public static string? Of(ReceiveContext context) =>
        context.TryGetPayload(out RabbitMqBasicConsumeContext? rabbit) ? rabbit.Properties.UserId : null;

    /// <summary>
    /// Takes the sender's name off a message that this service is about to move: the broker would refuse it, because it is not ours.
    /// </summary>
    internal static void Forget(ReceiveContext context)
    {
        if (context.TryGetPayload(out RabbitMqBasicConsumeContext? rabbit) && rabbit.Properties.UserId is { Length: > 0 })
        {
            var nameless = new NamelessConsumeContext(rabbit);
            context.AddOrUpdatePayload<RabbitMqBasicConsumeContext>(() => nameless, _ => nameless);
        }
    }

    /// <summary>Says who sends. It must be the user of the connection.</summary>
    internal static void Set(SendContext context, string user)
    {
        if (context.TryGetPayload(out RabbitMqSendContext? rabbit))
        {
            rabbit.BasicProperties.UserId = user;
        }
    }

    private sealed class NamelessConsumeContext(RabbitMqBasicConsumeContext context) : RabbitMqBasicConsumeContext
    {
        public string Exchange => context.Exchange;

        public string ConsumerTag => context.ConsumerTag;

        public ulong DeliveryTag => context.DeliveryTag;

        public string? RoutingKey => context.RoutingKey;

        public IReadOnlyBasicProperties Properties { get; } = new BasicProperties(context.Properties) { UserId = null };
    }
}
