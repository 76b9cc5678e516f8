namespace SagaOrchestrator.Messages;

/// <summary>The queues that an operator sees. Each has a <c>.dead-letter</c> queue beside it.</summary>
public static class Queues
{
    /// <summary>Replies, start messages and timers for the sagas.</summary>
    public const string Orchestrator = "orchestrator";

    /// <summary>Takes what no other queue took. It must stay empty.</summary>
    public const string Unrouted = "unrouted";

    /// <summary>The queue that holds what <paramref name="queue"/> could not handle, each message with its reason.</summary>
    /// <param name="queue">One of the queues above.</param>
    public static string DeadLetterOf(string queue) => queue + ".dead-letter";

    /// <summary>
    /// The queue to which the broker moves what <paramref name="queue"/> gives up by itself. The service reads it, says why, and moves the
    /// message on to
    /// <see cref="DeadLetterOf"/>, so it is empty while the service runs.
    /// </summary>
    /// <param name="queue">One of the queues above.</param>
    public static string IncomingDeadLetterOf(string queue) => DeadLetterOf(queue) + ".incoming";

    /// <summary>The queue from which an orchestrator reads copies of dead letters, its own and its participants', into its index.</summary>
    /// <param name="orchestrator">The orchestrator's queue.</param>
    public static string DeadLetterIndexOf(string orchestrator) => DeadLetterOf(orchestrator) + "-index";

    /// <summary>
    /// The queue that an orchestrator has while it looks through <see cref="DeadLetterOf"/>, so that no other does. It holds no messages.
    /// </summary>
    /// <param name="queue">One of the queues above.</param>
    public static string DeadLetterLockOf(string queue) => DeadLetterOf(queue) + "-lock";
}
