using MassTransit;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Outbox.Endpoints;
using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Outbox.DeadLetters;

/// <summary>
/// A copy of a message for its own queue, for another node to take. A copy, because giving the message itself back would count
/// towards its delivery limit although nothing is wrong with it. Should both be handled, the inbox knows the second one.
/// </summary>
internal static class PutBackMessage
{
    public static OutgoingMessage Of(ReceiveContext context, string queue)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in context.TransportHeaders.GetAll())
        {
            if (value is string or int or long or bool && !key.StartsWith("x-", StringComparison.Ordinal))
            {
                headers[key] = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
            }
        }

        // Without a name too: a second node that puts it back must not make it its own.
        headers.TryAdd(SagaHeaders.SentBy, MessageOrigin.Of(context) ?? SagaHeaders.SentByNobody);

        return new OutgoingMessage(
            context.GetMessageId() ?? NewId.NextGuid(), queue, context.ContentType?.ToString() ?? "application/vnd.masstransit+json", headers,
            context.GetBody());
    }
}
