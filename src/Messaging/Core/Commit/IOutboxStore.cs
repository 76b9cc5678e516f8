using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Messaging.Commit;

/// <summary>Messages that are committed and not yet known to have been sent.</summary>
public interface IOutboxStore
{
    /// <summary>
    /// Takes messages that nobody has sent in time. They become due later again, so another sweeper leaves them alone
    /// and one that cannot be sent never blocks the others (rule S28).
    /// </summary>
    Task<IReadOnlyList<OutgoingMessage>> ClaimOverdue(int limit, CancellationToken cancellationToken);

    /// <summary>Remembers why a message could not be sent. It becomes due later, each time after twice as long.</summary>
    /// <param name="messageId">The message.</param>
    /// <param name="error">Why.</param>
    /// <param name="longest">After how long it becomes due at the latest.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    Task Fail(Guid messageId, string error, TimeSpan longest, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps what could not be sent of messages that were committed together, each with its reason, in place of the row that they share.
    /// Nothing happens when somebody else has taken that row apart.
    /// </summary>
    Task KeepUnsent(Guid group, IReadOnlyList<UnsentMessage> messages, CancellationToken cancellationToken);

    /// <summary>How many messages wait, and how long the oldest has waited.</summary>
    Task<OutboxBacklog> Backlog(CancellationToken cancellationToken);

    /// <summary>
    /// Keeps a message that cannot be handled yet until its wait is over (rule S40). Of one that is kept already nothing is added: its wait
    /// starts again.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="reason">Why it waits, for the person who looks at the table.</param>
    /// <param name="wait">How long.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task KeepWaiting(OutgoingMessage message, string reason, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>
    /// Takes those whose wait is over, in the order in which they became due. They become due later again, so another sweeper leaves them
    /// alone.
    /// </summary>
    Task<IReadOnlyList<WaitingMessage>> ClaimWaiting(int limit, CancellationToken cancellationToken);

    /// <summary>Deletes one that was sent, unless it was kept again since it was claimed.</summary>
    Task Delete(WaitingMessage sent, CancellationToken cancellationToken);
}

/// <summary>What waits in an outbox.</summary>
/// <param name="Count">Messages.</param>
/// <param name="OldestAge">The age of the oldest; zero when there is none.</param>
/// <param name="Waiting">Messages that cannot be handled yet. They are not among the others.</param>
public sealed record OutboxBacklog(long Count, TimeSpan OldestAge, long Waiting);

/// <summary>A message that waited and is due.</summary>
/// <param name="Message">The message.</param>
/// <param name="Version">Which of its times it was claimed.</param>
public sealed record WaitingMessage(OutgoingMessage Message, Guid Version);

/// <summary>A message that could not be sent.</summary>
/// <param name="Message">The message.</param>
/// <param name="Error">Why not.</param>
public sealed record UnsentMessage(OutgoingMessage Message, string Error);
