namespace SagaOrchestrator.Messaging.DeadLetters;

/// <summary>What a dead letter is, as it lies in its queue.</summary>
/// <param name="Id">Its id: the same in every copy of it.</param>
/// <param name="Queue">The queue that it was taken from, without the ending of the dead-letter queue.</param>
/// <param name="MessageId">The message id of its properties; null when they have none.</param>
/// <param name="ContentType">The content type of its properties; null when they have none.</param>
/// <param name="Headers">Its headers: texts, numbers, truth values, lists and tables of these, or null.</param>
/// <param name="Body">Its bytes.</param>
public sealed record DeadLetterCopy(
    Guid Id,
    string Queue,
    string? MessageId,
    string? ContentType,
    IReadOnlyDictionary<string, object?> Headers,
    ReadOnlyMemory<byte> Body
)
{
    /// <summary>The type of its properties; null when they have none.</summary>
    public string? Type { get; init; }
}

/// <summary>Takes copies of dead letters in, to be found.</summary>
public interface IDeadLetterIndex
{
    /// <summary>Keeps them. When it returns, they are durable. Of one that is kept already nothing changes.</summary>
    /// <param name="letters">The letters.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task Keep(IReadOnlyList<DeadLetterCopy> letters, CancellationToken cancellationToken);
}
