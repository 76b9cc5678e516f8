using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Engine.Sagas;

namespace SagaOrchestrator.Engine.Control;

/// <summary>
/// Reads one saga and its history, as they are. Every call asks the database; one that is away shows as an exception of its driver.
/// </summary>
public sealed class SagaReader
{
    private readonly ISagaStore store;
    private readonly ISagaQueries queries;

    internal SagaReader(ISagaStore store, ISagaQueries queries) => (this.store, this.queries) = (store, queries);

    /// <summary>One saga.</summary>
    /// <param name="sagaId">The saga.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is none.</returns>
    public async Task<SagaSnapshot?> Get(Guid sagaId, CancellationToken cancellationToken) =>
        (await store.Load(sagaId, cancellationToken)).Saga is { } saga ? new SagaSnapshot(saga) : null;

    /// <summary>What happened to a saga, in order.</summary>
    /// <param name="sagaId">The saga.</param>
    /// <param name="after">The version after which to go on; 0 for the beginning.</param>
    /// <param name="limit">How many entries at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>None when there is no such saga, or nothing after that version.</returns>
    public Task<IReadOnlyList<HistoryRow>> History(Guid sagaId, int after, int limit, CancellationToken cancellationToken) =>
        queries.History(sagaId, after, limit, cancellationToken);
}
