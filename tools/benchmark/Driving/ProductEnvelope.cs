using System.Text.Json;
using RabbitMQ.Client;
using SagaOrchestrator.Benchmarks.Floor.Wire;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>Messages as the product reads them.</summary>
internal static class ProductEnvelope
{
    public static string ExchangeOf<T>() => $"{typeof(T).Namespace}:{typeof(T).Name}";

    /// <summary>A message to a queue, under an id of its own.</summary>
    public static Outgoing To<T>(string queue, T message, Guid id) =>
        To(
            queue,
            id,
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    messageId = id,
                    messageType = new[] { "urn:message:" + ExchangeOf<T>() },
                    message,
                },
                JsonSerializerOptions.Web
            )
        );

    /// <summary>The same, of bytes.</summary>
    public static Outgoing To(string queue, Guid id, byte[] body) => new(Queues.ExchangeOf(queue), string.Empty, Properties(id), body);

    private static BasicProperties Properties(Guid id) =>
        new()
        {
            MessageId = id.ToString(),
            ContentType = "application/vnd.masstransit+json",
            Persistent = true,
        };
}
