using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Search;

/// <summary>
/// Finds sagas among millions. What it answers is a second or so behind the sagas, but for a query by business key, which reads the sagas
/// themselves. Every call asks the database, or its replica where one is set; one that is away shows as an exception of its driver.
/// </summary>
public sealed class SagaSearch
{
    /// <summary>Up to how many sagas are counted one by one.</summary>
    public const int LargestExactCount = 10_000;

    private readonly ISummaries summaries;
    private readonly NamedSagas named;
    private readonly PlanCatalogue plans;
    private readonly TimeProvider clock;

    internal SagaSearch(ISummaries summaries, NamedSagas named, PlanCatalogue plans, TimeProvider clock) =>
        (this.summaries, this.named, this.plans, this.clock) = (summaries, named, plans, clock);

    /// <summary>A page of sagas.</summary>
    /// <param name="query">Which ones, and in which order.</param>
    /// <param name="from">Where to go on: what a page before gave; null for the beginning.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidQueryException">The query cannot be asked.</exception>
    public async Task<SagaPage> Find(SagaQuery query, SagaPlace? from, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var backwards = from?.Backwards ?? false;
        // One more than asked for tells whether there is more.
        var page = Filter(query).Page(from, limit + 1);
        var found = query.BusinessKey is { } key
            ? [.. page(await named.Find(key, query, cancellationToken))]
            : await summaries.Read(page, cancellationToken);
        var sagas = found.Take(limit).ToList();
        if (backwards)
        {
            sagas.Reverse();
        }

        var more = found.Count > limit;
        return new SagaPage(
            sagas,
            (backwards || more) && sagas.Count > 0 ? PlaceOf(query, sagas[^1], backwards: false) : null,
            (backwards ? more : from is not null) && sagas.Count > 0 ? PlaceOf(query, sagas[0], backwards: true) : null
        );
    }

    /// <summary>All that a query finds, one by one, without holding them.</summary>
    /// <param name="query">Which ones, and in which order.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidQueryException">The query cannot be asked.</exception>
    public IAsyncEnumerable<SagaSummary> Stream(SagaQuery query, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return summaries.Stream(Filter(query).Page(from: null, limit), cancellationToken);
    }

    /// <summary>Why sagas failed, or are failing: by type, step and code, the most first.</summary>
    /// <param name="types">Plans' names; empty for all.</param>
    /// <param name="changed">Of sagas that changed last within this range.</param>
    /// <param name="limit">How many groups at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<FailureGroup>> Failures(
        IReadOnlyList<string> types,
        TimeRange changed,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var failed = Filter(new SagaQuery { Types = types, Updated = changed }).All();
        return summaries.Group(
            source =>
                failed(source)
                    .Where(saga => saga.ErrorStep != null)
                    .GroupBy(saga => new
                    {
                        saga.Type,
                        saga.ErrorStep,
                        saga.ErrorCode,
                    })
                    .OrderByDescending(group => group.Count())
                    .ThenBy(group => group.Key.ErrorStep)
                    .ThenBy(group => group.Key.ErrorCode)
                    .Take(limit)
                    .Select(group => new FailureGroup(
                        group.Key.Type,
                        group.Key.ErrorStep!,
                        group.Key.ErrorCode!,
                        group.Count(),
                        group.Count(saga => saga.EndedAt == null),
                        group.Min(saga => saga.UpdatedAt),
                        group.Max(saga => saga.UpdatedAt),
                        group.Max(saga => saga.BusinessKey)!
                    )),
            cancellationToken
        );
    }

    internal Task<IReadOnlyList<SagaSummary>> Changes(SagaQuery query, long after, int limit, CancellationToken cancellationToken) =>
        summaries.Read(Filter(query).Changes(after, limit), cancellationToken);

    /// <summary>How many sagas a query finds. Exact for types and states alone, and up to <see cref="LargestExactCount"/>.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidQueryException">The query cannot be asked.</exception>
    public async Task<SagaTotal> Total(SagaQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.AsksForStatesOnly())
        {
            return new SagaTotal((await Count(cancellationToken)).Where(query.Counts).Sum(count => count.Count), IsExact: true);
        }

        var some = Filter(query).First(LargestExactCount + 1);
        var count = query.BusinessKey is { } key
            ? some(await named.Find(key, query, cancellationToken)).Count()
            : await summaries.Count(some, cancellationToken);
        return new SagaTotal(Math.Min(count, LargestExactCount), count <= LargestExactCount);
    }

    /// <summary>What the columns of money of those that a query finds come to.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidQueryException">The query cannot be asked.</exception>
    public async Task<SagaAmounts> Amounts(SagaQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var some = Filter(query).First(LargestExactCount + 1);
        IQueryable<HeldColumns> Held(SummarySource source) =>
            some(source).Select(saga => new HeldColumns(saga.Type, saga.PlanVersion, saga.Columns));
        var found = query.BusinessKey is { } key
            ? [.. Held(await named.Find(key, query, cancellationToken))]
            : await summaries.Group(Held, cancellationToken);
        return new SagaAmounts(MoneyColumns.Of(plans).Sum(found.Take(LargestExactCount)), found.Count <= LargestExactCount);
    }

    /// <summary>How many sagas of each type and plan version are in each state. It counts all that are kept.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<SagaCount>> Count(CancellationToken cancellationToken) => summaries.Counts(cancellationToken);

    /// <summary>The columns that plans declare, by the name that they have in a query.</summary>
    public IReadOnlyDictionary<string, BusinessColumn> Columns => plans.Columns;

    private SummaryFilter Filter(SagaQuery query) => new(query, plans.Columns, clock.GetUtcNow());

    /// <summary>The place of a saga in a list, from which a page goes on.</summary>
    /// <param name="query">What found it.</param>
    /// <param name="saga">The saga.</param>
    /// <param name="backwards">Whether the page goes on towards the beginning.</param>
    public static SagaPlace PlaceOf(SagaQuery query, SagaSummary saga, bool backwards)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(saga);
        return new SagaPlace(
            query.Sort switch
            {
                SagaSort.Updated => saga.UpdatedAt,
                SagaSort.Ended => saga.EndedAt!.Value,
                SagaSort.Waiting => saga.WaitsSince!.Value,
                _ => saga.StartedAt,
            },
            saga.Id,
            backwards
        );
    }
}
