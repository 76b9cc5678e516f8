using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Engine.Sagas;

namespace SagaOrchestrator.Engine.Control;

/// <summary>Reads sagas. Every call asks the database; one that is away shows as an exception of its driver.</summary>
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

    /// <summary>Sagas, newest first.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="after">The saga after which to go on; null for the newest.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<SagaRow>> List(SagaFilter filter, SagaCursor? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return queries.List(filter, after, limit, cancellationToken);
    }

    /// <summary>How many sagas of each type are in each state. It counts all that are kept.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<SagaCount>> Count(CancellationToken cancellationToken) => queries.Summarize(cancellationToken);
}
