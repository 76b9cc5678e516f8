using System.Text.Json;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Sensitive.Keys;

namespace SagaOrchestrator.Engine.Control;

/// <summary>Whom sagas are about: forgets them, and shows what is encrypted of their sagas to those who may see it.</summary>
public sealed class SagaSubjects
{
    private readonly SubjectKeys? keys;
    private readonly SensitiveSagas sensitive;
    private readonly ISagaStore store;
    private readonly PlanCatalogue plans;
    private readonly IOperatorLog log;

    internal SagaSubjects(SubjectKeys? keys, SensitiveSagas sensitive, ISagaStore store, PlanCatalogue plans, IOperatorLog log) =>
        (this.keys, this.sensitive, this.store, this.plans, this.log) = (keys, sensitive, store, plans, log);

    /// <summary>
    /// Deletes the key of a subject, for good: what was encrypted for it is unreadable from then on, on other nodes and for participants
    /// within ten seconds. Its sagas go on; their plans read empty values. The same call again changes nothing.
    /// </summary>
    /// <param name="subject">The subject, as the member of the starts says it.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there was a key.</returns>
    public async Task<bool> Forget(string subject, OperatorNote note, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentNullException.ThrowIfNull(note);
        // First, so that nothing is deleted without a trace.
        await log.Write(Action(Subjects.DataSubject, SubjectName.Of(subject), "forget", note), cancellationToken);
        return keys is not null && await keys.Forget(subject, cancellationToken);
    }

    /// <summary>The encrypted values of a saga, readable. That they were seen, by whom and why, is in the operators' log before.</summary>
    /// <param name="sagaId">The saga.</param>
    /// <param name="note">Who asks, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is no such saga. Without values when nothing of it is encrypted.</returns>
    /// <exception cref="Messaging.Failures.NotOnThisNodeException">This node lacks the saga's plan version.</exception>
    public async Task<RevealedSaga?> Reveal(Guid sagaId, OperatorNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        if ((await store.Load(sagaId, cancellationToken)).Saga is not { } saga)
        {
            return null;
        }

        var open = await sensitive.Open(saga, plans.Get(saga.Type, saga.PlanVersion), cancellationToken);
        await log.Write(Action(Subjects.Saga, sagaId.ToString(), "reveal", note), cancellationToken);
        return new RevealedSaga(
            sagaId,
            open is { IsForgotten: true },
            [.. (open?.Readable() ?? []).Select(one => new RevealedValue(one.Document, one.Member.Path, one.Member.Value))]
        );
    }

    /// <summary>
    /// The key of that name as it is kept, for a participant that has the ring of keys too; without bytes when it is forgotten, and null
    /// when it is not known here.
    /// </summary>
    /// <param name="id">Its name, which each encrypted value has.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<KeptKey?> Key(string id, CancellationToken cancellationToken) =>
        keys is not null && await keys.FindWrapped(id, cancellationToken) is { } found && (found.Key is not null || found.IsForgotten)
            ? new KeptKey(id, found.Key)
            : null;

    private static LoggedAction Action(string kind, string subject, string verb, OperatorNote note) =>
        new(default, default, kind, subject, verb, Step: null, note.Who, note.Origin, note.Why, Code: null, Detail: null);
}

/// <summary>A subject's key.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Wrapped">The key as it is kept; null when it is forgotten.</param>
public sealed record KeptKey(string Id, WrappedDataKey? Wrapped);

/// <summary>What is encrypted of a saga, readable.</summary>
/// <param name="Id">The saga.</param>
/// <param name="IsForgotten">Whether its subject was forgotten, so that nothing can be read.</param>
/// <param name="Values">The values that can be.</param>
public sealed record RevealedSaga(Guid Id, bool IsForgotten, IReadOnlyList<RevealedValue> Values);

/// <summary>One value.</summary>
/// <param name="Document">Of what: <c>start</c>, or <c>result/STEP</c>.</param>
/// <param name="Path">In which member.</param>
/// <param name="Value">The value.</param>
public sealed record RevealedValue(string Document, string Path, JsonElement Value);
