using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Dispatch;

/// <summary>Sends messages that are committed.</summary>
public interface IMessageDispatcher
{
    /// <summary>Sends one message and returns when the broker has confirmed it.</summary>
    Task Send(OutgoingMessage message, CancellationToken cancellationToken);

    /// <summary>Sends messages together, in order, and does not wait for them.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="settled">Told once for each message: null when it is confirmed, or why it could not be sent. Must be quick and not
    /// throw.</param>
    void Send(IReadOnlyList<OutgoingMessage> messages, Action<OutgoingMessage, Exception?> settled)
    {
        foreach (var message in messages)
        {
            _ = SendOne(message);
        }

        async Task SendOne(OutgoingMessage message)
        {
            try
            {
                await Send(message, CancellationToken.None);
                settled(message, null);
            }
            catch (Exception exception)
            {
                settled(message, exception);
            }
        }
    }
}
