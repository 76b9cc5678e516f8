using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Messaging.Failures;

/// <summary>Somebody else changed the same row first. The handler runs again on what is there now (rule S27).</summary>
/// <param name="message">Which row.</param>
/// <param name="cause">How it was noticed; null when nothing else failed.</param>
public sealed class ConcurrencyConflictException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>This node cannot handle the message, but another one, or a later build, can. It is requeued.</summary>
/// <param name="message">What is missing here, and the next move.</param>
/// <param name="reason">Why it waits, if it is not for another build: one word for the column <c>reason</c>.</param>
/// <param name="wait">How long it waits before it comes again, if no node can do it now.</param>
public sealed class NotOnThisNodeException(string message, string? reason = null, TimeSpan? wait = null) : Exception(message)
{
    /// <summary>Why it waits; null when it is for another build.</summary>
    public string? Reason { get; } = reason;

    /// <summary>How long it waits; null when another node may do it at once.</summary>
    public TimeSpan? Wait { get; } = wait;
}

/// <summary>
/// A failure that passes, and that the message is not to blame for. What it stopped is tried again (see <see cref="Transient"/>).
/// </summary>
/// <param name="message">What is missing, and the next move.</param>
/// <param name="cause">Why; null when nothing else failed.</param>
public class TransientException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Neither the broker nor the database took a copy of a message that is for another node. It is requeued later.</summary>
internal sealed class NotRequeuedException(string message, Exception cause) : TransientException(message, cause);

/// <summary>A message that can never be handled. It goes to the dead-letter queue with this reason.</summary>
/// <param name="reason">One word for the header <c>dead-letter-reason</c>.</param>
/// <param name="message">What is wrong, and the next move.</param>
/// <param name="refusal">Which value is not what it should be, for the headers <c>dead-letter-path</c>, <c>-expected</c> and <c>-got</c>;
/// null when it is not about one.</param>
public class RefusedMessageException(string reason, string message, Refusal? refusal = null) : Exception(message)
{
    /// <summary>One word for the header <c>dead-letter-reason</c>.</summary>
    public string Reason { get; } = reason;

    /// <summary>Which value is not what it should be; null when it is not about one.</summary>
    public Refusal? Refusal { get; } = refusal;
}

/// <summary>A message for something that is not there, or not there yet. Retried briefly, then dead-lettered (rule S12).</summary>
/// <param name="message">What is missing, and the next move.</param>
public sealed class OrphanMessageException(string message) : RefusedMessageException("orphan", message);
