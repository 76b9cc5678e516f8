using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;

namespace SagaOrchestrator.Engine.Search;

/// <summary>
/// Finds sagas by their business key, as they are at this moment: whoever has started one, or acted on one, and asks for it by its key
/// finds what it did. A saga's id follows from its type and key, so a key is one id for each type that there is.
/// </summary>
internal sealed class NamedSagas(ISummaries summaries, ISagaStore store, PlanCatalogue plans, Summarizer summarizer, IDeadLetters letters)
{
    public async Task<SummarySource> Find(string key, SagaQuery query, CancellationToken cancellationToken)
    {
        var types = query.Types;
        var wanted = types.Count > 0 ? types : await KnownTypes(cancellationToken);
        var ids = wanted.Distinct(StringComparer.Ordinal).Select(type => SagaIds.OfSaga(type, key)).ToArray();
        var written = (await summaries.Of(ids, cancellationToken)).ToDictionary(summary => summary.Id);
        // Asked for at once, they are read by one query.
        var loaded = await Task.WhenAll(ids.Select(id => store.Load(id, cancellationToken)));
        var sagas = loaded.Select(one => one.Saga).OfType<SagaInstance>();
        var withLetters = query.HasDeadLetters is null ? new HashSet<Guid>() : await letters.SagasWithLetters(ids, cancellationToken);
        return new MemorySource(
            [.. sagas.Select(saga => Newest(saga, written.GetValueOrDefault(saga.CorrelationId)))],
            withLetters.Contains
        );
    }

    private async Task<IReadOnlyList<string>> KnownTypes(CancellationToken cancellationToken) =>
        [.. plans.Newest.Select(plan => plan.Type).Concat((await summaries.Counts(cancellationToken)).Select(count => count.Type))];

    private SagaSummary Newest(SagaInstance saga, SagaSummary? written) =>
        written?.Version == saga.Version ? written : summarizer.Of(saga, written) with { Position = written?.Position ?? 0 };
}
