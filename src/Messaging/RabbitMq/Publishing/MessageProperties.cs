using MassTransit.Logging;
using RabbitMQ.Client;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Formats;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.RabbitMq.Publishing;

/// <summary>The AMQP properties of what is sent.</summary>
public static class MessageProperties
{
    /// <summary>Those of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="user">The broker user that sends it; null for none.</param>
    /// <param name="traceParent">The span that the receiver's belongs under; null for the one in the message's headers.</param>
    public static BasicProperties Of(OutgoingMessage message, string? user, string? traceParent = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        var headers = new Dictionary<string, object?>(message.Headers.Count, StringComparer.Ordinal);
        foreach (var (name, value) in message.Headers)
        {
            headers.Add(name, value);
        }

        if ((traceParent ?? message.Headers.GetValueOrDefault(SagaHeaders.TraceParent)) is { } parent)
        {
            headers[SagaHeaders.TraceParent] = parent;
            // Where MassTransit's consumers look for it.
            headers[DiagnosticHeaders.ActivityId] = parent;
        }

        var basic = new BasicProperties
        {
            MessageId = message.MessageId.ToString(),
            ContentType = message.ContentType,
            DeliveryMode = DeliveryModes.Persistent,
            Headers = headers,
        };
        if (user is not null)
        {
            basic.UserId = user;
        }

        if (message.ContentType != ContentTypes.Envelope)
        {
            Beside(basic, headers);
        }

        return basic;
    }

    // What an envelope says in the body.
    private static void Beside(BasicProperties basic, Dictionary<string, object?> headers)
    {
        if (headers.Remove(SagaHeaders.MessageType, out var type))
        {
            basic.Type = (string?)type;
        }

        if (headers.Remove(OutgoingFormats.CorrelationId, out var correlation))
        {
            basic.CorrelationId = (string?)correlation;
        }

        if (headers.Remove(OutgoingFormats.ReplyTo, out var replyTo))
        {
            basic.ReplyTo = (string?)replyTo;
        }
    }
}
