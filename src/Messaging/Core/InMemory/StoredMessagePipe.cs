using System.Net.Mime;
using System.Text;
using MassTransit;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.InMemory;

/// <summary>Has MassTransit send a message that is serialized already, as it is.</summary>
public sealed class StoredMessagePipe(OutgoingMessage message) : IPipe<SendContext>
{
    /// <inheritdoc/>
    public Task Send(SendContext context)
    {
        context.MessageId = message.MessageId;
        foreach (var (key, value) in message.Headers)
        {
            context.Headers.Set(key, value);
        }

        context.Serializer = new StoredMessageSerializer(message);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Probe(ProbeContext context) { }

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
