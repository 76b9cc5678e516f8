namespace SagaOrchestrator.Messages;

/// <summary>
/// The queues that an operator sees. Each has a <c>.dead-letter</c> queue beside it, and an exchange in front of it, <c>to.</c> and its
/// name.
/// </summary>
public static class Queues
{
    /// <summary>Replies, start messages and timers for the sagas.</summary>
    public const string Orchestrator = "orchestrator";

    /// <summary>Takes what no other queue took. It must stay empty.</summary>
    public const string Unrouted = "unrouted";

    // RabbitMQ gives rights to names, whatever has them: were it called like its queue, who may send to it might bind the queue.
    private const string Front = "to.";

    /// <summary>The exchange in front of a queue: what is for the queue is sent there, with an empty routing key.</summary>
    /// <param name="queue">The queue, for example <c>payments</c>.</param>
    /// <returns>For example <c>to.payments</c>.</returns>
    public static string ExchangeOf(string queue) => Front + queue;

    /// <summary>The queue behind an exchange.</summary>
    /// <param name="exchange">For example <c>to.payments</c>.</param>
    /// <returns>For example <c>payments</c>; null for an exchange in front of no queue, for example that of an event.</returns>
    public static string? BehindExchange(string exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        return exchange.StartsWith(Front, StringComparison.Ordinal) ? exchange[Front.Length..] : null;
    }

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
