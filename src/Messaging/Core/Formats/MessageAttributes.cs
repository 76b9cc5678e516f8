using MassTransit;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Messaging.Formats;

/// <summary>What the sender says of a message beside its body. Nothing is read of it when the body is an envelope.</summary>
/// <param name="Type">The message's type; null for none.</param>
/// <param name="MessageId">Its id; null for none.</param>
/// <param name="CorrelationId">What it belongs to; null for nothing.</param>
/// <param name="IsEvent">Whether these are the attributes of a CloudEvent in binary mode.</param>
public sealed record MessageAttributes(string? Type, string? MessageId, string? CorrelationId, bool IsEvent)
{
    // Both are right on AMQP. What is written here begins with the first.
    private static readonly string[] EventPrefixes = [SagaHeaders.CloudEvent, "cloudEvents_"];

    /// <summary>What begins the headers that hold a CloudEvent's attributes; null when there is no such event.</summary>
    /// <param name="hasHeader">Whether there is a header of that name.</param>
    public static string? EventPrefix(Func<string, bool> hasHeader)
    {
        ArgumentNullException.ThrowIfNull(hasHeader);
        return Array.Find(EventPrefixes, prefix => hasHeader(prefix + "specversion"));
    }

    /// <summary>Whether a message cannot be read without this header: it names its type, its key, or is an attribute of an event.</summary>
    /// <param name="header">The header's name.</param>
    public static bool IsNeeded(string header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return header is SagaHeaders.MessageType or SagaHeaders.SubjectKey
            || Array.Exists(EventPrefixes, prefix => header.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>Those of a message.</summary>
    /// <param name="header">The text of a header; null when there is none.</param>
    /// <param name="properties">Type, message id and correlation id of the properties; each may be null.</param>
    public static MessageAttributes Of(Func<string, string?> header, (string? Type, string? MessageId, string? CorrelationId) properties)
    {
        ArgumentNullException.ThrowIfNull(header);
        return EventPrefix(name => header(name) is not null) is { } prefix
            ? new MessageAttributes(header(prefix + "type"), header(prefix + "id"), header(prefix + "subject"), IsEvent: true)
            : new MessageAttributes(
                properties.Type ?? header(SagaHeaders.MessageType),
                properties.MessageId,
                properties.CorrelationId,
                IsEvent: false
            );
    }

    /// <summary>Those of a delivery on a transport without properties.</summary>
    public static MessageAttributes InMemory(ReceiveContext delivery) =>
        Of(
            name => delivery.TransportHeaders.TryGetHeader(name, out var value) ? value as string : null,
            (null, delivery.GetMessageId()?.ToString(), null)
        );
}
