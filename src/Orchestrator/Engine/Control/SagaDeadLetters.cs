using System.Globalization;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Engine.Control;

/// <summary>
/// Dead letters of the orchestrator and of its participants: finds them, and redrives or discards them. What it lists are copies; a letter
/// itself is in its dead-letter queue until an action takes it off. A letter is listed a moment after it is there. Each action, and each
/// that is refused, is kept with who, when, why and what came of it.
/// </summary>
public sealed class SagaDeadLetters
{
    /// <summary>Of how many letters one call takes care at most.</summary>
    public const int MostAtOnce = 500;

    private const int MostActions = 200;
    private const string RedriveVerb = "redrive";
    private const string EditVerb = "redrive-edited";
    private const string DiscardVerb = "discard";

    private readonly IDeadLetters letters;
    private readonly IDeadLetterMover mover;
    private readonly PlanCatalogue plans;
    private readonly IntakeLimits limits;

    internal SagaDeadLetters(IDeadLetters letters, IDeadLetterMover mover, PlanCatalogue plans, IntakeLimits limits) =>
        (this.letters, this.mover, this.plans, this.limits) = (letters, mover, plans, limits);

    /// <summary>A page of letters, the newest first. Read from the replica where one is set.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="from">Where to go on: what a page before gave; null for the beginning.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<DeadLetterPage> Find(DeadLetterQuery query, DeadLetterPlace? from, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        // One more than asked for tells whether there is more.
        var found = await letters.Find(query, Sagas(query), from, limit + 1, cancellationToken);
        return found.Count <= limit
            ? new DeadLetterPage(found, Next: null)
            : new DeadLetterPage([.. found.Take(limit)], new DeadLetterPlace(found[limit - 1].At, found[limit - 1].Id));
    }

    /// <summary>
    /// Letters by cause: queue, reason, message type and path. The largest group comes first. Read from the replica where one is set.
    /// </summary>
    /// <param name="query">Which letters.</param>
    /// <param name="limit">How many groups at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<DeadLetterGroup>> Groups(DeadLetterQuery query, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return letters.Groups(query, Sagas(query), limit, cancellationToken);
    }

    /// <summary>One letter; null when there is none with this id.</summary>
    /// <param name="id">The letter.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<SagaDeadLetter?> Get(Guid id, CancellationToken cancellationToken) =>
        (await letters.Get([id], cancellationToken)).SingleOrDefault();

    /// <summary>A letter's body to the byte; null when there is none.</summary>
    /// <param name="id">The letter.</param>
    /// <param name="edited">Whether what went to the queue in its place is asked for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<byte[]?> Body(Guid id, bool edited, CancellationToken cancellationToken) => letters.Body(id, edited, cancellationToken);

    /// <summary>What was asked of a letter and what came of it, in order: the last 200.</summary>
    /// <param name="id">The letter.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<DeadLetterAction>> Actions(Guid id, CancellationToken cancellationToken) =>
        letters.Actions(id, MostActions, cancellationToken);

    /// <summary>Letters of a saga that wait, the newest first.</summary>
    /// <param name="sagaId">The saga.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<SagaDeadLetter>> OfSaga(Guid sagaId, int limit, CancellationToken cancellationToken) =>
        [.. (await OfSagas([sagaId], limit, cancellationToken))[sagaId]];

    /// <summary>Letters of sagas that wait, of each saga the newest first.</summary>
    /// <param name="sagaIds">The sagas.</param>
    /// <param name="limit">How many of each at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ILookup<Guid, SagaDeadLetter>> OfSagas(IReadOnlyCollection<Guid> sagaIds, int limit, CancellationToken cancellationToken) =>
        letters.OfSagas(sagaIds, limit, cancellationToken);

    /// <summary>
    /// Sends letters to their queues again, as they were, in the order in which they died. One that comes to its queue twice is handled
    /// once: its receiver knows its message id. One look through each queue serves all letters there.
    /// </summary>
    /// <param name="ids">The letters, 1 to <see cref="MostAtOnce"/>.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait for the letters to be read. What has begun goes on.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="ArgumentException">There are no ids, or too many.</exception>
    public Task<IReadOnlyDictionary<Guid, DeadLetterAnswer>> Redrive(
        IReadOnlyCollection<Guid> ids,
        OperatorNote note,
        CancellationToken cancellationToken
    ) => Act(RedriveVerb, new LetterAim.Redrive(), DeadLetterState.Redriven, ids, note, cancellationToken);

    /// <summary>
    /// Sends another body to a letter's queue in its place, under a new message id and with the header <c>dead-letter-edited-by</c>. Both
    /// bodies are kept.
    /// </summary>
    /// <param name="id">The letter.</param>
    /// <param name="body">
    /// The whole body as text, in the letter's format: an envelope, a CloudEvent or a message. The message id in it does not matter: it
    /// gets a new one.
    /// </param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait for the letter to be read. What has begun goes on.</param>
    public async Task<DeadLetterAnswer> RedriveEdited(Guid id, string body, OperatorNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(note);
        var messageId = Guid.CreateVersion7();
        var (contentType, isEvent) = await letters.Get([id], cancellationToken) is [var letter]
            ? (letter.ContentType, letter.IsEvent)
            : default;
        var (bytes, refusal) = EditedEnvelope.Of(body, messageId, limits.MessageBytes, contentType, isEvent);
        if (bytes is null)
        {
            var refused = new LetterOutcome(id, Outcomes.Refused, refusal!.ToString());
            await letters.Record(EditVerb, note.Who, note.Why, [refused], edit: null, cancellationToken);
            return new DeadLetterAnswer.Invalid(refusal);
        }

        var aim = new LetterAim.Edited(bytes, messageId, note.Who);
        return (await Act(EditVerb, aim, DeadLetterState.Redriven, [id], note, cancellationToken))[id];
    }

    /// <summary>Drops letters. Their copies stay here until they are older than ended sagas are kept.</summary>
    /// <inheritdoc cref="Redrive"/>
    public Task<IReadOnlyDictionary<Guid, DeadLetterAnswer>> Discard(
        IReadOnlyCollection<Guid> ids,
        OperatorNote note,
        CancellationToken cancellationToken
    ) => Act(DiscardVerb, new LetterAim.Discard(), DeadLetterState.Discarded, ids, note, cancellationToken);

    // A saga's id follows from its type and key, so letters are found that do not name the key themselves.
    private Guid[] Sagas(DeadLetterQuery query)
    {
        var types = query.SagaTypes.Count > 0 ? query.SagaTypes : plans.Newest.Select(plan => plan.Type);
        return query.BusinessKey is { } key ? [.. types.Select(type => SagaIds.OfSaga(type, key))] : [];
    }

    private async Task<IReadOnlyDictionary<Guid, DeadLetterAnswer>> Act(
        string verb,
        LetterAim aim,
        string state,
        IReadOnlyCollection<Guid> ids,
        OperatorNote note,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(note);
        Guid[] wanted = [.. ids.Distinct()];
        if (wanted.Length is 0 or > MostAtOnce)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Give 1 to {MostAtOnce} letters."), nameof(ids));
        }

        var known = (await letters.Get(wanted, cancellationToken)).ToDictionary(letter => letter.Id);
        var answers = new Dictionary<Guid, DeadLetterAnswer>();
        foreach (var id in wanted)
        {
            if (Objection(known.GetValueOrDefault(id)) is { } objection)
            {
                answers.Add(id, objection);
            }
        }

        // Written before anything is done: whatever happens now, it is known who asked.
        await letters.Record(
            verb,
            note.Who,
            note.Why,
            [.. wanted.Select(id => Asked(id, answers.GetValueOrDefault(id)))],
            edit: null,
            cancellationToken
        );
        foreach (var queue in wanted.Where(id => !answers.ContainsKey(id)).Select(id => known[id]).GroupBy(letter => letter.Queue).ToList())
        {
            var fates = await mover.Move(queue.Key, [.. queue.Select(letter => letter.Id)], aim);
            foreach (var (id, answer) in await Settle(verb, aim, state, fates, note))
            {
                answers.Add(id, answer);
            }
        }

        return answers;
    }

    private static DeadLetterAnswer? Objection(SagaDeadLetter? letter) =>
        letter switch
        {
            null => new DeadLetterAnswer.Unknown(),
            { State: DeadLetterState.Redriven or DeadLetterState.Discarded } => new DeadLetterAnswer.Ended(
                letter.State,
                letter.EndedAt!.Value
            ),
            // One that was not found may have been in somebody's hands: it is looked for again.
            _ => null,
        };

    private static LetterOutcome Asked(Guid id, DeadLetterAnswer? objection) =>
        objection switch
        {
            null => new(id, Outcomes.Asked),
            DeadLetterAnswer.Ended ended => new(id, Outcomes.Refused, $"It is {ended.State} already."),
            _ => new(id, Outcomes.Refused, "There is no such dead letter."),
        };

    // Of those that are not there, somebody else may have taken care meanwhile.
    private async Task<Dictionary<Guid, DeadLetterAnswer>> Settle(
        string verb,
        LetterAim aim,
        string state,
        IReadOnlyDictionary<Guid, LetterFate> fates,
        OperatorNote note
    )
    {
        Guid[] missing = [.. fates.Where(fate => fate.Value == LetterFate.Missing).Select(fate => fate.Key)];
        var now =
            missing.Length == 0
                ? []
                : (await WhenPossible(() => letters.Get(missing, CancellationToken.None))).ToDictionary(letter => letter.Id, Objection);
        var answers = fates.ToDictionary(
            fate => fate.Key,
            fate =>
                fate.Value switch
                {
                    LetterFate.Moved => new DeadLetterAnswer.Done(),
                    LetterFate.Missing => now.GetValueOrDefault(fate.Key) ?? new DeadLetterAnswer.Gone(),
                    LetterFate.Busy => new DeadLetterAnswer.Busy(),
                    LetterFate.Refused => new DeadLetterAnswer.NotTaken(),
                    _ => (DeadLetterAnswer)new DeadLetterAnswer.Unavailable(),
                }
        );
        var outcomes = answers.Select(answer => Outcome(answer.Key, answer.Value, state)).ToList();
        var edit = fates.Values.Contains(LetterFate.Moved) ? aim as LetterAim.Edited : null;
        await WhenPossible(async () =>
        {
            await letters.Record(verb, note.Who, note.Why, outcomes, edit, CancellationToken.None);
            return true;
        });
        return answers;
    }

    private static LetterOutcome Outcome(Guid id, DeadLetterAnswer answer, string state) =>
        answer switch
        {
            DeadLetterAnswer.Done => new(id, Outcomes.Done, State: state),
            DeadLetterAnswer.Gone => new(
                id,
                Outcomes.Gone,
                "It is not in its dead-letter queue: somebody took it off, or an earlier action that did not tell its end.",
                DeadLetterState.Gone
            ),
            DeadLetterAnswer.Ended ended => new(id, Outcomes.Refused, $"It is {ended.State} already."),
            DeadLetterAnswer.Busy => new(id, Outcomes.Failed, "Somebody else was looking through its dead-letter queue."),
            DeadLetterAnswer.NotTaken => new(id, Outcomes.Failed, "Its queue did not take it. It is still a dead letter."),
            _ => new(
                id,
                Outcomes.Failed,
                "The broker did not answer. It is still a dead letter, unless an answer was lost at the very end."
            ),
        };

    // What was done in the queue is done: the database is given some seconds to hear of it.
    private static async Task<T> WhenPossible<T>(Func<Task<T>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (Exception exception) when (attempt < 5 && Transient.Is(exception))
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }
}
