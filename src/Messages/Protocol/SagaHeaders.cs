using System.Globalization;

namespace SagaOrchestrator.Messages;

/// <summary>
/// Transport headers, made for the person who looks at a message in the RabbitMQ console.
/// Programs read the message's body; these repeat it.
/// </summary>
public static class SagaHeaders
{
    /// <summary>The saga's id.</summary>
    public const string SagaId = "saga-id";

    /// <summary>The plan's name.</summary>
    public const string SagaType = "saga-type";

    /// <summary>The step's name.</summary>
    public const string Step = "saga-step";

    /// <summary><c>do</c> or <c>undo</c>.</summary>
    public const string Direction = "saga-direction";

    /// <summary>The attempt, from 1.</summary>
    public const string Attempt = "saga-attempt";

    /// <summary>The command's id.</summary>
    public const string CommandId = "command-id";

    /// <summary>
    /// On a command of a saga with marked values: the name of the key that they are encrypted with, or <see cref="NoSubjectKey"/>.
    /// </summary>
    public const string SubjectKey = "subject-key";

    /// <summary>What <see cref="SubjectKey"/> says when the subject is forgotten.</summary>
    public const string NoSubjectKey = "forgotten";

    /// <summary>
    /// The message's type, for whoever cannot set the AMQP property <c>type</c>: the same name as in an envelope's <c>messageType</c>.
    /// </summary>
    public const string MessageType = "message-type";

    /// <summary>What begins the headers that hold the attributes of a CloudEvent in binary mode.</summary>
    public const string CloudEvent = "cloudEvents:";

    /// <summary>W3C trace context, so that a saga is one trace across the broker and the outbox.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>W3C baggage: what whoever started the saga gives its trace to take along.</summary>
    public const string Baggage = "baggage";

    /// <summary>
    /// On a copy that a service made, such as a dead letter: the broker user who sent the message first. Believed from the service's own
    /// user, or with a <see cref="SentByProof"/>.
    /// </summary>
    public const string SentBy = "sent-by";

    /// <summary>On such a copy: proves to the service that <see cref="SentBy"/> is its own word, whoever moves the copy.</summary>
    public const string SentByProof = "sent-by-proof";

    /// <summary>What <see cref="SentBy"/> says of a message that had no user id.</summary>
    public const string SentByNobody = "(nobody)";

    /// <summary>On a message that a node requeued for another: how often that was done.</summary>
    public const string Requeues = "requeues";

    /// <summary>On a message that waited in the database for a saga that was not there: how many of its waits are used up.</summary>
    public const string OrphanWaits = "orphan-waits";

    /// <summary>On a message that waited in the database for something that was away: how often it has waited.</summary>
    public const string OutageWaits = "outage-waits";

    /// <summary>On a suspect that waited in the database: how often it was redelivered before.</summary>
    public const string Redeliveries = "redeliveries";

    /// <summary>On a dead letter: its id, by which its copy in an orchestrator's index is known. One that is moved back loses it.</summary>
    public const string DeadLetterId = "dead-letter-id";

    /// <summary>
    /// On a message that was edited as a dead letter, before it was moved back: who edited it. It stays on the message for good.
    /// </summary>
    public const string DeadLetterEditedBy = "dead-letter-edited-by";

    /// <summary>On a dead letter: why it is there, for example <c>malformed</c>, <c>unknown-message-type</c>, <c>orphan</c>.</summary>
    public const string DeadLetterReason = "dead-letter-reason";

    /// <summary>On a dead letter: the queue that it was taken from.</summary>
    public const string DeadLetterFrom = "dead-letter-from";

    /// <summary>On a dead letter: when it was moved, UTC.</summary>
    public const string DeadLetterAt = "dead-letter-at";

    /// <summary>On a dead letter: the path of the value that was refused, for example <c>result.trackingNumber</c>.</summary>
    public const string DeadLetterPath = "dead-letter-path";

    /// <summary>On a dead letter: what would be right at that path.</summary>
    public const string DeadLetterExpected = "dead-letter-expected";

    /// <summary>On a dead letter: what is there, by its kind and size, never the value.</summary>
    public const string DeadLetterGot = "dead-letter-got";

    /// <summary>
    /// On a dead letter: the names of headers that were cut or left out, because all of them together did not fit into a frame.
    /// </summary>
    public const string DeadLetterCut = "dead-letter-cut";

    /// <summary>On a dead letter: the exception's type.</summary>
    public const string DeadLetterException = "dead-letter-exception";

    /// <summary>On a dead letter: what went wrong, and the next move.</summary>
    public const string DeadLetterMessage = "dead-letter-message";

    /// <summary>
    /// Whether a header is about one life of a dead letter. A message that is moved back, or is a dead letter again, loses it.
    /// </summary>
    /// <param name="name">The header's name.</param>
    public static bool IsOfDeadLetter(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith("dead-letter-", StringComparison.Ordinal) && name != DeadLetterEditedBy;
    }

    /// <summary>The headers that every command and every reply carries.</summary>
    /// <param name="command">The command, or the one that is answered.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(CommandContext command) =>
        [
            new(SagaId, command.SagaId.ToString()),
            new(SagaType, command.SagaType),
            new(Step, command.Step),
            new(Direction, command.Direction == CommandDirection.Do ? "do" : "undo"),
            new(Attempt, command.Attempt.ToString(CultureInfo.InvariantCulture)),
            new(CommandId, command.CommandId.ToString()),
        ];
}
