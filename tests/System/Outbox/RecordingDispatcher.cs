using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Tests.Outbox;

/// <summary>Notes what it is asked to send, and refuses one message.</summary>
internal sealed class RecordingDispatcher : IMessageDispatcher
{
    private readonly List<OutgoingMessage> attempted = [];

    public Guid? Refuse { get; set; }

    /// <summary>What the refusal is.</summary>
    public Exception Failure { get; set; } = new InvalidOperationException("no such exchange");

    public IEnumerable<OutgoingMessage> Sent => attempted.Where(message => message.MessageId != Refuse);

    public int Attempts(Guid messageId)
    {
        lock (attempted)
        {
            return attempted.Count(message => message.MessageId == messageId);
        }
    }

    public Task Send(OutgoingMessage message, CancellationToken cancellationToken)
    {
        lock (attempted)
        {
            attempted.Add(message);
        }

        return message.MessageId == Refuse ? Task.FromException(Failure) : Task.CompletedTask;
    }
}
