using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Statistics;

namespace SagaOrchestrator.Engine.InMemory;

/// <summary>Summaries in memory, written with their sagas.</summary>
internal sealed class MemorySummaries(PlanCatalogue plans, Summarizer summarizer, MemoryDeadLetters letters) : ISummaries, IStatistics
{
    private readonly ConcurrentDictionary<Guid, SagaSummary> summaries = new();
    private long position;

    /// <summary>Sums up a saga that was written.</summary>
    public void Write(SagaInstance saga)
    {
        summaries[saga.CorrelationId] = summarizer.Of(saga, summaries.GetValueOrDefault(saga.CorrelationId)) with
        {
            Position = Interlocked.Increment(ref position),
        };
    }

    private MemorySource Source() => new(summaries.Values, letters.IsWaitingOf);

    public Task<IReadOnlyList<SagaSummary>> Read(Func<SummarySource, IQueryable<SagaSummary>> query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SagaSummary>>([.. query(Source())]);

    public async IAsyncEnumerable<SagaSummary> Stream(
        Func<SummarySource, IQueryable<SagaSummary>> query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var saga in await Read(query, cancellationToken))
        {
            yield return saga;
        }
    }

    public Task<int> Count(Func<SummarySource, IQueryable<SagaSummary>> query, CancellationToken cancellationToken) =>
        Task.FromResult(query(Source()).Count());

    public Task<IReadOnlyList<SagaSummary>> Of(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SagaSummary>>([.. ids.Select(id => summaries.GetValueOrDefault(id)).OfType<SagaSummary>()]);

    public Task<StatisticRows> Read(
        IReadOnlyList<string> types, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        bool Within(SagaSummary saga, DateTimeOffset? at) =>
            at >= from && at < before && (types.Count == 0 || types.Contains(saga.Type));
        return Task.FromResult(Counting.By(plans).Of(
            [.. summaries.Values.Where(saga => Within(saga, saga.StartedAt))], [.. summaries.Values.Where(saga => Within(saga, saga.EndedAt))]));
    }

    public Task<IReadOnlyList<SagaCount>> Counts(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SagaCount>>(
    [
        .. summaries.Values.GroupBy(saga => (saga.Type, saga.PlanVersion, saga.State)).OrderBy(group => group.Key)
            .Select(group => new SagaCount(group.Key.Type, group.Key.PlanVersion, group.Key.State, group.Count())),
    ]);
}
