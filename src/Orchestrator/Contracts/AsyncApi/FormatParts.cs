using System.Text.Json.Nodes;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Formats;

namespace SagaOrchestrator.Contracts.AsyncApi;

/// <summary>Where a message of each format has what an envelope says.</summary>
internal static class FormatParts
{
    /// <summary>Where the saga's id stands.</summary>
    public static string SagaOf(WireMessage message) =>
        message.Format switch
        {
            MessageFormat.Envelope => "$message.payload#/correlationId",
            MessageFormat.CloudEvents => "$message.payload#/subject",
            MessageFormat.CloudEventsBinary => $"$message.header#/{SagaHeaders.CloudEvent}subject",
            _ => "$message.payload#/" + (message.Kind == MessageKind.Reply ? "sagaId" : "saga/sagaId"),
        };

    /// <summary>Where a command names the exchange of its reply.</summary>
    public static string ReplyToOf(MessageFormat format) =>
        "$message.payload#/"
        + format switch
        {
            MessageFormat.Envelope => "message/",
            MessageFormat.CloudEvents => "data/",
            _ => string.Empty,
        }
        + "saga/replyTo";

    /// <summary>The AMQP properties.</summary>
    /// <param name="message">The message.</param>
    /// <param name="user">What the property <c>user-id</c> is.</param>
    public static JsonObject Properties(WireMessage message, string user)
    {
        var properties = new JsonObject { ["content-type"] = ContentTypes.Of(message.Format), ["delivery-mode"] = 2 };
        if (message.Format == MessageFormat.Json)
        {
            properties["type"] = message.Urn;
            properties["message-id"] = "a UUID, a new one for each message; a message without it is a dead letter";
            properties["correlation-id"] = "the saga's id; it may be left out";
            if (message.IsSent)
            {
                properties["reply-to"] = "that of saga.replyTo";
            }
        }
        else
        {
            properties["message-id"] =
                message.Format == MessageFormat.Envelope
                    ? "that of the envelope; programs read the envelope's"
                    : "that of the event; programs read the event's";
        }

        properties["user-id"] = user;
        return properties;
    }
}
