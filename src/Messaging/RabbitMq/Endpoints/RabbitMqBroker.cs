using MassTransit;
using MassTransit.RabbitMqTransport;
using MassTransit.Transports;
using SagaOrchestrator.Messaging.Consuming;
using SagaOrchestrator.Messaging.Formats;
using SagaOrchestrator.Messaging.RabbitMq.Consuming;
using SagaOrchestrator.Messaging.RabbitMq.DeadLetters;
using SagaOrchestrator.Messaging.RabbitMq.Senders;

namespace SagaOrchestrator.Messaging.RabbitMq.Endpoints;

/// <summary>RabbitMQ, as the endpoints see it.</summary>
internal sealed class RabbitMqBroker(DeadLetterSender sender, MessageSenders senders) : IBroker
{
    public string MessagingSystem => "rabbitmq";

    public string? SenderOf(ReceiveContext delivery) => senders.Of(delivery);

    public MessageAttributes AttributesOf(ReceiveContext delivery) => Attributes(delivery);

    public static MessageAttributes Attributes(ReceiveContext delivery) =>
        delivery.TryGetPayload(out RabbitMqBasicConsumeContext? message)
            ? BesideBody.Of(message.Properties)
            : MessageAttributes.InMemory(delivery);

    public async Task<bool> TryMoveToDeadLetters(ReceiveContext delivery, string queue, IReadOnlyList<KeyValuePair<string, string?>> why)
    {
        if (
            !delivery.TryGetPayload(out IErrorTransport? transport)
            || transport is not RabbitMqErrorTransport
            || !delivery.TryGetPayload(out RabbitMqBasicConsumeContext? message)
        )
        {
            return false;
        }

        await sender.Send(new DeadLetter(queue, message.Properties, delivery.GetBody(), why), delivery.CancellationToken);
        return true;
    }
}
