using System.Text;

namespace SagaOrchestrator.Messaging.RabbitMq.Consuming;

/// <summary>Text in a table of AMQP, where RabbitMQ's client gives it as bytes.</summary>
internal static class HeaderText
{
    /// <summary>The text of that name; null when there is none, or when it is something else.</summary>
    public static string? Of(IDictionary<string, object?>? headers, string name) =>
        headers?.TryGetValue(name, out var value) is true
            ? value is byte[] bytes
                ? Encoding.UTF8.GetString(bytes)
                : value as string
            : null;
}
