using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Commit;

/// <summary>Writes units of work.</summary>
public interface ICommitter
{
    /// <summary>Writes all of a unit in one transaction, or nothing of it.</summary>
    Task<CommitResult> Commit(UnitOfWork unit, CancellationToken cancellationToken);

    /// <summary>Whether a message of this id has been handled before.</summary>
    Task<bool> IsHandled(Guid messageId, CancellationToken cancellationToken);

    /// <summary>Whether this message has been handled before, or another one under its id; null when none has.</summary>
    Task<CommitResult?> Recall(InboxEntry entry, CancellationToken cancellationToken);

    /// <summary>Deletes a message from the outbox, soon, because the broker has confirmed it.</summary>
    void DeleteSent(Guid messageId);
}

/// <summary>How a commit ended.</summary>
public enum CommitResult
{
    /// <summary>Everything is written.</summary>
    Committed,

    /// <summary>The message had been handled before; nothing is written.</summary>
    Duplicate,

    /// <summary>Another message with the same id had been handled before; nothing is written.</summary>
    ReusedId,
}
