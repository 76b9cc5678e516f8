using System.Globalization;
using System.Text;
using MassTransit;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Consuming;
using SagaOrchestrator.Messaging.Formats;
using SagaOrchestrator.Messaging.TransportHeaders;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Waiting;

/// <summary>
/// A copy of a delivery, to be sent to its queue again. It keeps the name of its first sender, and headers that fit into a frame (rule
/// S41).
/// </summary>
internal static class MessageCopy
{
    // For what the publisher adds.
    private const int Frame = HeaderRoom.UsualFrame - 4096;

    /// <param name="context">The delivery.</param>
    /// <param name="broker">Knows who sent it; null for the transport in memory.</param>
    /// <param name="queue">Its queue.</param>
    /// <param name="messageId">The envelope's id.</param>
    /// <param name="count">A header that counts.</param>
    public static OutgoingMessage Of(ReceiveContext context, IBroker? broker, string queue, Guid messageId, KeyValuePair<string, int> count)
    {
        var (sender, beside) = (broker?.SenderOf(context), Beside(context, broker));
        var room = new HeaderRoom(Frame);
        if (beside is { IsEvent: false })
        {
            room.Add(SagaHeaders.MessageType, beside.Type);
        }

        room.Add(count.Key, count.Value.ToString(CultureInfo.InvariantCulture));
        // Without a name too: a second node that sends it on must not make it its own.
        room.Add(SagaHeaders.SentBy, sender ?? SagaHeaders.SentByNobody);
        foreach (var (key, value) in context.TransportHeaders.GetAll().OrderBy(header => !MessageAttributes.IsNeeded(header.Key)))
        {
            if (value is string or int or long or bool && !key.StartsWith("x-", StringComparison.Ordinal) && !IsOurs(key))
            {
                room.Take(key, Convert.ToString(value, CultureInfo.InvariantCulture));
            }
        }

        return new OutgoingMessage(
            messageId,
            Queues.ExchangeOf(queue),
            context.ContentType?.ToString() ?? (beside is { IsEvent: true } ? ContentTypes.Json : ContentTypes.Envelope),
            room.Headers()
                .ToDictionary(
                    header => header.Key,
                    header => header.Value as string ?? Encoding.UTF8.GetString((byte[])header.Value!),
                    StringComparer.Ordinal
                ),
            context.GetBody()
        );
    }

    // Null for an envelope, which says everything itself.
    private static MessageAttributes? Beside(ReceiveContext context, IBroker? broker) =>
        context.ContentType?.MediaType is ContentTypes.Envelope
            ? null
            : broker?.AttributesOf(context) ?? MessageAttributes.InMemory(context);

    // What its sender says of himself does not count, and the type is there already.
    private static bool IsOurs(string header) => header is SagaHeaders.SentBy or SagaHeaders.SentByProof or SagaHeaders.MessageType;
}
