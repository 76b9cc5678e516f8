using MassTransit;
using MassTransit.Context;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace SagaOrchestrator.Messaging.RabbitMq.Consuming;

/// <summary>Who sent a message, as the broker has validated it (rule S37). RabbitMQ refuses a message with another user's id.</summary>
public static class MessageOrigin
{
    /// <summary>The broker user who sent it; null when the sender did not say, or on a transport without users.</summary>
    public static string? Of(ReceiveContext context) =>
        context.TryGetPayload(out RabbitMqBasicConsumeContext? rabbit) ? rabbit.Properties.UserId : null;

    /// <summary>
    /// The same message without its sender's name, to be moved by this service: the broker would refuse the name, because it is not ours,
    /// and close the channel.
    /// </summary>
    internal static ExceptionReceiveContext Nameless(ExceptionReceiveContext context) => Of(context) is { Length: > 0 } ? new NamelessContext(context) : context;

    // A receive context of RabbitMQ answers for its own properties before any payload that is added to it, so it is the question that is caught.
    private sealed class NamelessContext(ExceptionReceiveContext context) : ReceiveContextProxy(context), ExceptionReceiveContext
    {
        public Exception Exception => context.Exception;

        public DateTime ExceptionTimestamp => context.ExceptionTimestamp;

        public ExceptionInfo ExceptionInfo => context.ExceptionInfo;

        public SendHeaders ExceptionHeaders => context.ExceptionHeaders;

        bool PipeContext.TryGetPayload<T>([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? payload)
            where T : class
        {
            if (context.TryGetPayload(out payload) && payload is RabbitMqBasicConsumeContext rabbit && typeof(T) == typeof(RabbitMqBasicConsumeContext))
            {
                payload = (T)(object)new NamelessConsumeContext(rabbit);
            }

            return payload is not null;
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
