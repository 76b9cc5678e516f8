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

    /// <summary>
    /// Keeps what could not be sent of messages that were committed together, each with its reason, in place of the row that they share.
    /// Nothing happens when somebody else has taken that row apart.
    /// </summary>
    Task KeepUnsent(Guid group, IReadOnlyList<UnsentMessage> messages, CancellationToken cancellationToken);

    /// <summary>How many messages wait, and how long the oldest has waited.</summary>
    Task<OutboxBacklog> Backlog(CancellationToken cancellationToken);
}

/// <summary>What waits in an outbox.</summary>
/// <param name="Count">Messages.</param>
/// <param name="OldestAge">The age of the oldest; zero when there is none.</param>
public sealed record OutboxBacklog(long Count, TimeSpan OldestAge);

/// <summary>A message that could not be sent.</summary>
/// <param name="Message">The message.</param>
/// <param name="Error">Why not.</param>
public sealed record UnsentMessage(OutgoingMessage Message, string Error);
