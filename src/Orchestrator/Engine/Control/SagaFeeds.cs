using SagaOrchestrator.Engine.Feeds;
using SagaOrchestrator.Engine.Search;

namespace SagaOrchestrator.Engine.Control;

/// <summary>
/// Follows sagas: what has ended, and what has changed, in the order of commits, a second or so later. Whoever keeps the last position that
/// he has seen goes on there without a gap.
/// </summary>
public sealed class SagaFeeds
{
    private readonly ISagaFeed feed;
    private readonly SagaSearch search;
    private readonly FeedWatch watch;

    internal SagaFeeds(ISagaFeed feed, SagaSearch search, FeedWatch watch) => (this.feed, this.search, this.watch) = (feed, search, watch);

    /// <summary>Sagas that have ended: each once, and none is left out.</summary>
    /// <param name="types">Plans' names; empty for all.</param>
    /// <param name="after">The last position that was seen; 0 for the beginning.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<SagaOutcome>> Outcomes(
        IReadOnlyList<string> types,
        long after,
        int limit,
        CancellationToken cancellationToken
    ) => feed.Outcomes(types, after, limit, cancellationToken);

    /// <summary>
    /// Sagas that have changed, each as it is now, in the order of their last changes. What a saga was in between is left out.
    /// </summary>
    /// <param name="query">Which sagas. Its order is not used.</param>
    /// <param name="after">The last position that was seen.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidQueryException">The query cannot be asked.</exception>
    public Task<IReadOnlyList<SagaSummary>> Changes(SagaQuery query, long after, int limit, CancellationToken cancellationToken) =>
        search.Changes(query, after, limit, cancellationToken);

    /// <summary>The last position that was given; 0 when none was.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<long> Position(CancellationToken cancellationToken) => feed.Position(cancellationToken);

    /// <summary>Waits until something is written down after a position.</summary>
    /// <param name="position">The last position that was seen.</param>
    /// <param name="cancellationToken">Ends the wait, with an <see cref="OperationCanceledException"/>.</param>
    public Task Later(long position, CancellationToken cancellationToken) => watch.Later(position, cancellationToken);
}
