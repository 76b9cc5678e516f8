namespace SagaOrchestrator.Engine.DeadLetters;

/// <summary>Which dead letters are asked for. What is null or empty does not matter; the rest must all hold.</summary>
public sealed record DeadLetterQuery
{
    /// <summary>Taken from one of these queues.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>For one of these reasons.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Of one of these message types, without namespace.</summary>
    public IReadOnlyList<string> MessageTypes { get; init; } = [];

    /// <summary>Of sagas of one of these types.</summary>
    public IReadOnlyList<string> SagaTypes { get; init; } = [];

    /// <summary>Of this saga.</summary>
    public Guid? SagaId { get; init; }

    /// <summary>Of sagas with this business key.</summary>
    public string? BusinessKey { get; init; }

    /// <summary>Dead since this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Dead since before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>In one of these states; those that wait, when nothing else is said.</summary>
    public IReadOnlyList<string> States { get; init; } = [DeadLetterState.Waiting];
}

/// <summary>A place in a list of dead letters: the letter after which to go on.</summary>
/// <param name="At">Since when that letter is one.</param>
/// <param name="Id">That letter.</param>
public sealed record DeadLetterPlace(DateTimeOffset At, Guid Id);

/// <summary>A page of a list.</summary>
/// <param name="Letters">The newest first.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record DeadLetterPage(IReadOnlyList<SagaDeadLetter> Letters, DeadLetterPlace? Next);

/// <summary>Dead letters with one cause.</summary>
/// <param name="Queue">The queue that they were taken from.</param>
/// <param name="Reason">Why.</param>
/// <param name="MessageType">Of which type; null when they do not say.</param>
/// <param name="Path">The path of the value that was refused; null when it is not about one.</param>
/// <param name="Count">How many.</param>
/// <param name="Oldest">Since when the oldest is one.</param>
/// <param name="Newest">Since when the newest is one.</param>
/// <param name="Example">The newest.</param>
/// <param name="Sentence">What that one says; null when it says nothing.</param>
public sealed record DeadLetterGroup(
    string Queue,
    string Reason,
    string? MessageType,
    string? Path,
    long Count,
    DateTimeOffset Oldest,
    DateTimeOffset Newest,
    Guid Example,
    string? Sentence
);
