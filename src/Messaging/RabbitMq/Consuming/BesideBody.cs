using RabbitMQ.Client;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Formats;

namespace SagaOrchestrator.Messaging.RabbitMq.Consuming;

/// <summary>What the properties and headers of a message say of it.</summary>
internal static class BesideBody
{
    public static MessageAttributes Of(IReadOnlyBasicProperties properties) =>
        MessageAttributes.Of(
            name => HeaderText.Of(properties.Headers, name),
            (properties.Type, properties.MessageId, properties.CorrelationId)
        );

    /// <summary>The type of a message whose body does not name it; null for any other.</summary>
    public static string? TypeOf(IReadOnlyBasicProperties properties)
    {
        if (properties.ContentType is ContentTypes.Envelope)
        {
            return null;
        }

        var beside = Of(properties);
        return
            ContentTypes.FormatOf(properties.ContentType, beside.Type, beside.IsEvent)
                is MessageFormat.Json
                    or MessageFormat.CloudEventsBinary
            ? beside.Type
            : null;
    }
}
