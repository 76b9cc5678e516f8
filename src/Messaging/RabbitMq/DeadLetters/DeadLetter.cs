using RabbitMQ.Client;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.TransportHeaders;
using SagaOrchestrator.Messaging.Waiting;

namespace SagaOrchestrator.Messaging.RabbitMq.DeadLetters;

/// <summary>A message on its way to a dead-letter queue: its bytes as they came, and why.</summary>
/// <param name="Queue">The queue that it was taken from.</param>
/// <param name="Original">The properties that it came with.</param>
/// <param name="Body">The bytes that it came with.</param>
/// <param name="Why">The headers that say why.</param>
internal sealed record DeadLetter(
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
    };

    /// <summary>
    /// Our headers first, and then its own while they fit. Without its sender's name, which the broker would refuse from us.
    /// </summary>
    /// <param name="frame">The bytes of a frame on the connection.</param>
    public BasicProperties Whole(long frame)
    {
        var room = Reasoned(frame);
        foreach (var (name, value) in Original.Headers ?? new Dictionary<string, object?>())
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

    /// <summary>Our headers alone: for a broker that refuses the whole.</summary>
    public BasicProperties Bare(long frame) =>
        new()
        {
            Headers = Reasoned(frame).Headers(),
            Persistent = true,
            ContentType = Original.ContentType,
        };

    private HeaderRoom Reasoned(long frame)
    {
        var room = new HeaderRoom(frame);
        foreach (var (name, value) in Why)
        {
            room.Add(name, value);
        }

        return room;
    }
}
