using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Commit;

/// <summary>The messages that one group committed: one outbox row, which is deleted once all of them are confirmed.</summary>
/// <param name="id">The row's id.</param>
/// <param name="messages">What is to be sent; at least one.</param>
public sealed class OutboxGroup(Guid id, IReadOnlyList<OutgoingMessage> messages)
{
    private readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<UnsentMessage> unsent = [];
    private int open = messages.Count;

    /// <summary>The row's id.</summary>
    public Guid Id => id;

    /// <summary>What is to be sent.</summary>
    public IReadOnlyList<OutgoingMessage> Messages => messages;

    /// <summary>Ends once every message was confirmed, or could not be sent. Never fails.</summary>
    public Task AllSettled => settled.Task;

    /// <summary>What could not be sent; complete once all are settled.</summary>
    public IReadOnlyList<UnsentMessage> Unsent => unsent;

    /// <summary>Notes what became of one message; each is told once.</summary>
    /// <returns>Whether it was the last.</returns>
    public bool Settle(OutgoingMessage message, Exception? failure)
    {
        if (failure is not null)
        {
            lock (unsent)
            {
                unsent.Add(new UnsentMessage(message, failure.Message));
            }
        }

        if (Interlocked.Decrement(ref open) > 0)
        {
            return false;
        }

        settled.TrySetResult();
        return true;
    }
}
