using MassTransit;
using MassTransit.RabbitMqTransport;

namespace SagaOrchestrator.Messaging.RabbitMq.Consuming;

/// <summary>Who sent a message, as the broker has validated it (rule S37). RabbitMQ refuses a message with another user's id.</summary>
public static class MessageOrigin
{
    /// <summary>The broker user who sent it; null when the sender did not say, or on a transport without users.</summary>
    public static string? Of(ReceiveContext context) =>
        context.TryGetPayload(out RabbitMqBasicConsumeContext? rabbit) ? rabbit.Properties.UserId : null;
}
