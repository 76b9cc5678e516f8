using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Sagas;

/// <summary>Where saga rows and their history are kept.</summary>
internal interface ISagaStore
{
    /// <summary>Reads a saga, and the store's clock whether there is one or not (rule S35).</summary>
    Task<LoadedSaga> Load(Guid sagaId, CancellationToken cancellationToken);

    /// <summary>Reads sagas by one query. Those that there are not are left out.</summary>
    Task<IReadOnlyList<LoadedSaga>> Load(IReadOnlyCollection<Guid> sagaIds, CancellationToken cancellationToken);

    /// <summary>
    /// Writes row and history inside a unit's transaction. Throws <see cref="ConcurrencyConflictException"/> when the
    /// row is no longer the version that was loaded, or already there (rule S27).
    /// </summary>
    Task Write(CommitScope scope, SagaInstance saga, Guid? messageId, CancellationToken cancellationToken);

    /// <summary>
    /// How many sagas wait for this participant to undo something; counted up to <paramref name="limit"/>. Whoever asks may add one; a
    /// store that answers from memory for a moment counts him in.
    /// </summary>
    Task<int> CountUndoing(string participant, int limit, CancellationToken cancellationToken);
}

/// <summary>What was found.</summary>
/// <param name="Saga">The saga, or null.</param>
/// <param name="Now">The store's clock.</param>
internal sealed record LoadedSaga(SagaInstance? Saga, DateTimeOffset Now);
