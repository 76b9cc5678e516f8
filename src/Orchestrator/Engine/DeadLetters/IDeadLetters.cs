using SagaOrchestrator.Messaging.DeadLetters;

namespace SagaOrchestrator.Engine.DeadLetters;

/// <summary>Where the index of dead letters is kept.</summary>
internal interface IDeadLetters
{
    /// <summary>Keeps letters. Of one that is there nothing changes.</summary>
    Task Keep(IReadOnlyList<IndexedLetter> letters, CancellationToken cancellationToken);

    /// <summary>Those that match, the newest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="sagas">With <see cref="DeadLetterQuery.BusinessKey"/>: the sagas that have this key, if they exist.</param>
    /// <param name="place">Where to go on; null for the beginning.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<SagaDeadLetter>> Find(
        DeadLetterQuery query,
        IReadOnlyCollection<Guid> sagas,
        DeadLetterPlace? place,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>The same by cause, the largest group first.</summary>
    Task<IReadOnlyList<DeadLetterGroup>> Groups(
        DeadLetterQuery query,
        IReadOnlyCollection<Guid> sagas,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Those of these that there are, as they are now.</summary>
    Task<IReadOnlyList<SagaDeadLetter>> Get(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>A letter's body, or what went in its place; null when there is none.</summary>
    Task<byte[]?> Body(Guid id, bool edited, CancellationToken cancellationToken);

    /// <summary>Those of sagas that wait, by one query: of each saga the newest first, up to the limit.</summary>
    Task<ILookup<Guid, SagaDeadLetter>> OfSagas(IReadOnlyCollection<Guid> sagaIds, int limit, CancellationToken cancellationToken);

    /// <summary>Those of these sagas that have one that waits.</summary>
    Task<IReadOnlySet<Guid>> SagasWithLetters(IReadOnlyCollection<Guid> sagas, CancellationToken cancellationToken);

    /// <summary>How many wait, by queue.</summary>
    Task<IReadOnlyDictionary<string, long>> Waiting(CancellationToken cancellationToken);

    /// <summary>What was asked of a letter, and what came of it, in order: the last ones.</summary>
    Task<IReadOnlyList<DeadLetterAction>> Actions(Guid id, int limit, CancellationToken cancellationToken);

    /// <summary>Writes the states of letters that have not been redriven or discarded, and the outcomes, all or nothing.</summary>
    /// <param name="verb">What was asked.</param>
    /// <param name="who">Who asked.</param>
    /// <param name="why">Why.</param>
    /// <param name="outcomes">One for each letter, whether there is such a letter or not.</param>
    /// <param name="edit">What went in a letter's place; null when nothing did.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task Record(
        string verb,
        string who,
        string why,
        IReadOnlyCollection<LetterOutcome> outcomes,
        LetterAim.Edited? edit,
        CancellationToken cancellationToken
    );
}

/// <summary>A letter with its body.</summary>
internal sealed record IndexedLetter(SagaDeadLetter Letter, ReadOnlyMemory<byte> Body);

/// <summary>What came of a letter.</summary>
/// <param name="Id">The letter.</param>
/// <param name="Outcome">A word of <see cref="Outcomes"/>.</param>
/// <param name="Detail">In a sentence.</param>
/// <param name="State">The state that it is in then; null when that does not change.</param>
internal sealed record LetterOutcome(Guid Id, string Outcome, string? Detail = null, string? State = null);

/// <summary>The words for what came of an action.</summary>
internal static class Outcomes
{
    public const string Asked = "asked";
    public const string Done = "done";
    public const string Refused = "refused";
    public const string Gone = "gone";
    public const string Failed = "failed";
}
