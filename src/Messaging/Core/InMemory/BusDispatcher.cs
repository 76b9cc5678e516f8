using System.Net.Mime;
using System.Text;
using MassTransit;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.InMemory;

/// <summary>Sends through MassTransit's endpoint: for the transport in memory.</summary>
/// <param name="bus">The bus; asked for on first use, because the bus's endpoints need the outbox to be made.</param>
public sealed class BusDispatcher(Func<ISendEndpointProvider> bus) : IMessageDispatcher
{
    /// <inheritdoc/>
    public async Task Send(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var endpoint = await bus().GetSendEndpoint(new Uri("exchange:" + message.Destination));
        await endpoint.Send(new StoredMessage(), new StoredMessagePipe(message), cancellationToken);
    }

    /// <summary>Stands for a message whose body is serialized already.</summary>
    private sealed class StoredMessage;

    private sealed class StoredMessagePipe(OutgoingMessage message) : IPipe<SendContext<StoredMessage>>
    {
        public Task Send(SendContext<StoredMessage> context)
        {
            context.MessageId = message.MessageId;
            foreach (var (key, value) in message.Headers)
            {
                context.Headers.Set(key, value);
            }

            context.Serializer = new StoredMessageSerializer(message);
            return Task.CompletedTask;
        }

        public void Probe(ProbeContext context)
        {
        }
    }

    private sealed class StoredMessageSerializer(OutgoingMessage message) : IMessageSerializer
    {
        public ContentType ContentType { get; } = new(message.ContentType);

        public MessageBody GetMessageBody<T>(SendContext<T> context)
            where T : class => new StoredBody(message.Body.ToArray());
    }

    private sealed class StoredBody(byte[] bytes) : MessageBody
    {
        public long? Length => bytes.Length;

        public Stream GetStream() => new MemoryStream(bytes, writable: false);

        public byte[] GetBytes() => bytes;

        public string GetString() => Encoding.UTF8.GetString(bytes);
    }
}
