using System.Text.Json;
using RabbitMQ.Client;
using SagaOrchestrator.Benchmarks.Floor.Wire;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>Messages as the product reads them.</summary>
internal static class ProductEnvelope
{
    public static string ExchangeOf<T>() => $"{typeof(T).Namespace}:{typeof(T).Name}";

    /// <summary>A message to a queue, under an id of its own.</summary>
    public static Outgoing To<T>(string queue, T message, Guid id) =>
        new(
            queue,
            string.Empty,
            Properties(id),
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

    public static BasicProperties Properties(Guid id) =>
        new()
        {
            MessageId = id.ToString(),
            ContentType = "application/vnd.masstransit+json",
            Persistent = true,
        };
}
