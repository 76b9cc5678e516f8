namespace SagaOrchestrator.Messaging.Units;

/// <summary>A message as it will be sent: serialized once, so that a later sending is the same to the byte.</summary>
/// <param name="MessageId">Its id; the receiver's inbox knows it by this.</param>
/// <param name="Destination">The name of the exchange that it goes to.</param>
/// <param name="ContentType">The body's content type.</param>
/// <param name="Headers">Transport headers.</param>
/// <param name="Body">The serialized envelope.</param>
public sealed record OutgoingMessage(
    Guid MessageId,
    string Destination,
    string ContentType,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body
)
{
    /// <summary>What was serialized; null for a message that comes from the outbox, is a copy of a
    /// delivery, or has no type of its own.</summary>
    public Type? Type { get; init; }
}
