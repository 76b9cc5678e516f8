namespace SagaOrchestrator.Engine.Operating;

/// <summary>What an operator did, or tried to do.</summary>
/// <param name="Position">Its place in the log; a later one is greater.</param>
/// <param name="At">UTC, on the database's clock.</param>
/// <param name="Kind">
/// On what: <c>saga</c>, <c>participant</c>, <c>saga-type</c>, <c>bulk-job</c>, <c>dead-letter</c>, <c>webhook</c>, <c>plan</c>
/// or <c>subject</c>.
/// </param>
/// <param name="Subject">Which one: an id or a name.</param>
/// <param name="Verb">What: for example <c>retry</c>, <c>breaker-open</c> or <c>pause</c>.</param>
/// <param name="Step">At which step; null for the whole.</param>
/// <param name="Who">The operator.</param>
/// <param name="Origin">The address that the request came from; null where none is known.</param>
/// <param name="Why">The reason that the operator gave.</param>
/// <param name="Code">Why it was refused: a stable word. Null when it was done.</param>
/// <param name="Detail">The same for people. Null when it was done.</param>
public sealed record LoggedAction(
    long Position,
    DateTimeOffset At,
    string Kind,
    string Subject,
    string Verb,
    string? Step,
    string Who,
    string? Origin,
    string Why,
    string? Code,
    string? Detail
);

/// <summary>Which actions are asked for. What is null does not matter; the rest must all hold.</summary>
public sealed record LogQuery
{
    /// <summary>On this kind of thing.</summary>
    public string? Kind { get; init; }

    /// <summary>On this thing: an id or a name.</summary>
    public string? Subject { get; init; }

    /// <summary>By this operator.</summary>
    public string? Who { get; init; }

    /// <summary>This action.</summary>
    public string? Verb { get; init; }

    /// <summary>Whether it was refused.</summary>
    public bool? WasRefused { get; init; }

    /// <summary>At this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Before this place in the log: the last of the page before. Null for the newest.</summary>
    public long? After { get; init; }
}
