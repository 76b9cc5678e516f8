using System.Globalization;
using System.Text;
using MassTransit;
using SagaOrchestrator.Messages;
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
    /// <param name="sender">The broker user who sent it; null when the sender did not say.</param>
    /// <param name="queue">Its queue.</param>
    /// <param name="messageId">The envelope's id.</param>
    /// <param name="count">A header that counts.</param>
    public static OutgoingMessage Of(ReceiveContext context, string? sender, string queue, Guid messageId, KeyValuePair<string, int> count)
    {
        var room = new HeaderRoom(Frame);
        room.Add(count.Key, count.Value.ToString(CultureInfo.InvariantCulture));
        // Without a name too: a second node that sends it on must not make it its own.
        if (!context.TransportHeaders.TryGetHeader(SagaHeaders.SentBy, out _))
        {
            room.Add(SagaHeaders.SentBy, sender ?? SagaHeaders.SentByNobody);
        }

        foreach (var (key, value) in context.TransportHeaders.GetAll())
        {
            if (value is string or int or long or bool && !key.StartsWith("x-", StringComparison.Ordinal))
            {
                room.Take(key, Convert.ToString(value, CultureInfo.InvariantCulture));
            }
        }

        return new OutgoingMessage(
            messageId,
            queue,
            context.ContentType?.ToString() ?? "application/vnd.masstransit+json",
            room.Headers()
                .ToDictionary(
                    header => header.Key,
                    header => header.Value as string ?? Encoding.UTF8.GetString((byte[])header.Value!),
                    StringComparer.Ordinal
                ),
            context.GetBody()
        );
    }
}
