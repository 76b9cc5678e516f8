using RabbitMQ.Client;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Formats;
using SagaOrchestrator.Messaging.RabbitMq.Senders;
using SagaOrchestrator.Messaging.TransportHeaders;
using SagaOrchestrator.Messaging.Waiting;

namespace SagaOrchestrator.Messaging.RabbitMq.DeadLetters;

/// <summary>A message on its way to a dead-letter queue: its bytes as they came, and why.</summary>
/// <param name="Queue">The queue that it was taken from.</param>
/// <param name="Original">The properties that it came with.</param>
/// <param name="Body">The bytes that it came with.</param>
/// <param name="Why">The headers that say why.</param>
public sealed record DeadLetter(
    string Queue,
    IReadOnlyBasicProperties Original,
    ReadOnlyMemory<byte> Body,
    IReadOnlyList<KeyValuePair<string, string?>> Why
)
{
    // Each is about an earlier life of the message, or about its way so far. Moved back, it begins anew.
    private static readonly HashSet<string> Earlier = new(StringComparer.Ordinal)
    {
        SagaHeaders.Requeues,
        SagaHeaders.OrphanWaits,
        SagaHeaders.OutageWaits,
        SagaHeaders.Redeliveries,
        SagaHeaders.SentBy,
        SagaHeaders.SentByProof,
    };

    /// <summary>The bytes of a frame when a broker says nothing else.</summary>
    public const long UsualFrame = 131_072;

    /// <summary>
    /// Our headers first, then those that it is read with, and then its others while they fit. Its sender is named in a header: the broker
    /// would refuse another's user id from us.
    /// </summary>
    /// <param name="frame">The bytes of a frame on the connection.</param>
    /// <param name="senders">Say who sent it.</param>
    public BasicProperties Whole(long frame, MessageSenders senders)
    {
        var room = Reasoned(frame, senders);
        foreach (var (name, value) in Headers.OrderBy(header => !MessageAttributes.IsNeeded(header.Key)))
        {
            if (!Earlier.Contains(name) && !SagaHeaders.IsOfDeadLetter(name))
            {
                room.Take(name, value);
            }
        }

        var copy = new BasicProperties(Original)
        {
            UserId = null,
            Headers = room.Headers(),
            Persistent = true,
        };
        // It would be gone from the dead-letter queue too when its time is over.
        copy.ClearExpiration();
        return copy;
    }

    /// <summary>Our headers and what it is read with: for a broker that refuses the whole.</summary>
    /// <param name="frame">The bytes of a frame on the connection.</param>
    /// <param name="senders">Say who sent it.</param>
    public BasicProperties Bare(long frame, MessageSenders senders)
    {
        var room = Reasoned(frame, senders);
        foreach (var (name, value) in Headers)
        {
            if (value is byte[] or string && MessageAttributes.IsNeeded(name))
            {
                room.Take(name, value);
            }
        }

        return new()
        {
            Headers = room.Headers(),
            Persistent = true,
            ContentType = Original.ContentType,
            Type = Original.Type,
            MessageId = Original.MessageId,
            CorrelationId = Original.CorrelationId,
        };
    }

    private IDictionary<string, object?> Headers => Original.Headers ?? new Dictionary<string, object?>();

    private HeaderRoom Reasoned(long frame, MessageSenders senders)
    {
        var room = new HeaderRoom(frame);
        foreach (var (name, value) in Why)
        {
            room.Add(name, value);
        }

        foreach (var (name, value) in senders.Named(Original, Body))
        {
            room.Add(name, value);
        }

        return room;
    }
}
