using System.Collections.Concurrent;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Messaging.DeadLetters;

namespace SagaOrchestrator.Engine.InMemory;

/// <summary>Dead letters in memory, noted as they are moved. There is no queue that somebody else could take them from.</summary>
internal sealed class MemoryDeadLetters(TimeProvider clock) : IDeadLetters
{
    private readonly ConcurrentDictionary<Guid, Stored> letters = new();
    private readonly ConcurrentQueue<DeadLetterAction> actions = new();

    public bool IsWaitingOf(Guid sagaId) => Waiting().Any(letter => letter.SagaId == sagaId);

    public Task Keep(IReadOnlyList<IndexedLetter> letters, CancellationToken cancellationToken)
    {
        foreach (var letter in letters)
        {
            this.letters.TryAdd(letter.Letter.Id, new Stored(letter.Letter, letter.Body, Edited: null));
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<SagaDeadLetter>> Find(
        DeadLetterQuery query,
        IReadOnlyCollection<Guid> sagas,
        DeadLetterPlace? place,
        int limit,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<SagaDeadLetter>>([
            .. Matching(query, sagas)
                .Where(letter => place is null || (letter.At, letter.Id).CompareTo((place.At, place.Id)) < 0)
                .Take(limit),
        ]);

    public Task<IReadOnlyList<DeadLetterGroup>> Groups(
        DeadLetterQuery query,
        IReadOnlyCollection<Guid> sagas,
        int limit,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<DeadLetterGroup>>([
            .. Matching(query, sagas)
                .GroupBy(letter => (letter.Queue, letter.Reason, letter.MessageType, letter.Path))
                .Select(group => new DeadLetterGroup(
                    group.Key.Queue,
                    group.Key.Reason,
                    group.Key.MessageType,
                    group.Key.Path,
                    group.Count(),
                    group.Last().At,
                    group.First().At,
                    group.First().Id,
                    group.First().Sentence
                ))
                .OrderByDescending(group => group.Count)
                .Take(limit),
        ]);

    public Task<IReadOnlyList<SagaDeadLetter>> Get(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SagaDeadLetter>>([
            .. ids.Select(id => letters.GetValueOrDefault(id)?.Letter).OfType<SagaDeadLetter>(),
        ]);

    public Task<byte[]?> Body(Guid id, bool edited, CancellationToken cancellationToken) =>
        Task.FromResult(letters.GetValueOrDefault(id) is { } stored ? (edited ? stored.Edited?.Body : stored.Body)?.ToArray() : null);

    public Task<ILookup<Guid, SagaDeadLetter>> OfSagas(IReadOnlyCollection<Guid> sagaIds, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(
            sagaIds
                .Distinct()
                .SelectMany(id => Matching(new DeadLetterQuery { SagaId = id }, []).Take(limit))
                .ToLookup(letter => letter.SagaId!.Value)
        );

    public Task<IReadOnlySet<Guid>> SagasWithLetters(IReadOnlyCollection<Guid> sagas, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<Guid>>(sagas.Where(IsWaitingOf).ToHashSet());

    public Task<IReadOnlyDictionary<string, long>> Waiting(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, long>>(
            Waiting().GroupBy(letter => letter.Queue).ToDictionary(group => group.Key, group => group.LongCount(), StringComparer.Ordinal)
        );

    public Task<IReadOnlyList<DeadLetterAction>> Actions(Guid id, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DeadLetterAction>>([.. actions.Where(action => action.LetterId == id).TakeLast(limit)]);

    public Task Record(
        string verb,
        string who,
        string why,
        IReadOnlyCollection<LetterOutcome> outcomes,
        LetterAim.Edited? edit,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        foreach (var outcome in outcomes)
        {
            actions.Enqueue(new DeadLetterAction(outcome.Id, now, verb, who, why, outcome.Outcome, outcome.Detail));
            if (outcome.State is { } state && letters.TryGetValue(outcome.Id, out var stored))
            {
                letters[outcome.Id] = stored with
                {
                    Letter = stored.Letter with { State = state, EndedAt = now, EditedMessageId = edit?.MessageId },
                    Edited = edit,
                };
            }
        }

        return Task.CompletedTask;
    }

    private IEnumerable<SagaDeadLetter> Waiting() =>
        letters.Values.Select(stored => stored.Letter).Where(letter => letter.State == DeadLetterState.Waiting);

    private IEnumerable<SagaDeadLetter> Matching(DeadLetterQuery query, IReadOnlyCollection<Guid> sagas)
    {
        bool Holds(IReadOnlyList<string> wanted, string? value) => wanted.Count == 0 || wanted.Contains(value);
        return letters
            .Values.Select(stored => stored.Letter)
            .Where(letter =>
                Holds(query.States, letter.State)
                && Holds(query.Queues, letter.Queue)
                && Holds(query.Reasons, letter.Reason)
                && Holds(query.MessageTypes, letter.MessageType)
                && Holds(query.SagaTypes, letter.SagaType)
                && (query.SagaId is null || query.SagaId == letter.SagaId)
                && (query.BusinessKey is null || query.BusinessKey == letter.BusinessKey || sagas.Any(saga => saga == letter.SagaId))
                && (query.From is null || letter.At >= query.From)
                && (query.Before is null || letter.At < query.Before)
            )
            .OrderByDescending(letter => letter.At)
            .ThenByDescending(letter => letter.Id);
    }

    private sealed record Stored(SagaDeadLetter Letter, ReadOnlyMemory<byte> Body, LetterAim.Edited? Edited);
}
