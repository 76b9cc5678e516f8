using SagaOrchestrator.Outbox.Units;

namespace SagaOrchestrator.Outbox.Commit;

/// <summary>Messages that are committed and not yet known to have been sent.</summary>
public interface IOutboxStore
{
    /// <summary>
    /// Takes messages that nobody has sent in time. They are put off, so another sweeper leaves them alone
    /// and one that cannot be sent never blocks the others (rule S28).
    /// </summary>
    Task<IReadOnlyList<OutgoingMessage>> ClaimOverdue(int limit, CancellationToken cancellationToken);

    /// <summary>Remembers why a message could not be sent.</summary>
    Task Fail(Guid messageId, string error, CancellationToken cancellationToken);

    /// <summary>How many messages wait, and how long the oldest has waited.</summary>
    Task<OutboxBacklog> Backlog(CancellationToken cancellationToken);
}

/// <summary>What waits in an outbox.</summary>
/// <param name="Count">Messages.</param>
/// <param name="OldestAge">The age of the oldest; zero when there is none.</param>
public sealed record OutboxBacklog(long Count, TimeSpan OldestAge);
