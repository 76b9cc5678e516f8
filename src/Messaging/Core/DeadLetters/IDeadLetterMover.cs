namespace SagaOrchestrator.Messaging.DeadLetters;

/// <summary>Takes dead letters out of their queue.</summary>
public interface IDeadLetterMover
{
    /// <summary>
    /// Looks for letters in one dead-letter queue, from its beginning, and does with each that it finds what <paramref name="aim"/> says.
    /// All others stay, in their order. One look at a time: another waits for some seconds, and is then busy. It throws nothing for a
    /// broker that is away; the fates say so.
    /// </summary>
    /// <param name="queue">The queue that the letters were taken from, without the ending of the dead-letter queue.</param>
    /// <param name="letters">Their ids, each once.</param>
    /// <param name="aim">What becomes of them.</param>
    /// <returns>What became of each.</returns>
    Task<IReadOnlyDictionary<Guid, LetterFate>> Move(string queue, IReadOnlyCollection<Guid> letters, LetterAim aim);
}

/// <summary>What is to become of a dead letter.</summary>
public abstract record LetterAim
{
    private LetterAim() { }

    /// <summary>It goes to its queue again, as it was before it was a dead letter.</summary>
    public sealed record Redrive : LetterAim;

    /// <summary>Another body goes to its queue in its place.</summary>
    /// <param name="Body">The bytes.</param>
    /// <param name="MessageId">The message id that they name, a new one: the receiver may know the old one with other content.</param>
    /// <param name="By">Who edited it.</param>
    public sealed record Edited(ReadOnlyMemory<byte> Body, Guid MessageId, string By) : LetterAim;

    /// <summary>It is dropped.</summary>
    public sealed record Discard : LetterAim;
}

/// <summary>What became of a dead letter that was looked for.</summary>
public enum LetterFate
{
    /// <summary>It was done, and the letter is out of its queue.</summary>
    Moved,

    /// <summary>It is not in its queue.</summary>
    Missing,

    /// <summary>Somebody else was looking through its queue for too long. Nothing was done with it.</summary>
    Busy,

    /// <summary>
    /// The broker did not answer, or not to the end. The letter is still there, unless it was lost between the broker's confirm and its
    /// acknowledgement: then it is in both queues.
    /// </summary>
    Unavailable,

    /// <summary>The broker did not take it for its queue. The letter is still there.</summary>
    Refused,
}
