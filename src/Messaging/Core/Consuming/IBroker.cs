using MassTransit;
using SagaOrchestrator.Messaging.Formats;

namespace SagaOrchestrator.Messaging.Consuming;

/// <summary>What a broker can do for an endpoint, and a transport in memory cannot.</summary>
public interface IBroker
{
    /// <summary>What OpenTelemetry's conventions call it: <c>messaging.system</c>.</summary>
    string MessagingSystem { get; }

    /// <summary>The broker user who sent a message; null when the sender did not say.</summary>
    string? SenderOf(ReceiveContext delivery);

    /// <summary>What stands beside the body of a message.</summary>
    MessageAttributes AttributesOf(ReceiveContext delivery);

    /// <summary>Moves a message to its dead-letter queue, its bytes unchanged.</summary>
    /// <param name="delivery">The message.</param>
    /// <param name="queue">The queue that it was taken from.</param>
    /// <param name="why">The headers that say why.</param>
    /// <returns>Whether the broker has it there; false when the message did not come from this broker.</returns>
    Task<bool> TryMoveToDeadLetters(ReceiveContext delivery, string queue, IReadOnlyList<KeyValuePair<string, string?>> why);
}
