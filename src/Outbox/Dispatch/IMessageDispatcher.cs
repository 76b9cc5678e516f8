using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Outbox.Dispatch;

/// <summary>Sends messages that are committed.</summary>
public interface IMessageDispatcher
{
    /// <summary>Sends one message and returns when the broker has confirmed it.</summary>
    Task Send(OutgoingMessage message, CancellationToken cancellationToken);
}
