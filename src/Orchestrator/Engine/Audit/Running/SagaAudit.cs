using SagaOrchestrator.Engine.Audit.Rules;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Queries;

namespace SagaOrchestrator.Engine.Audit.Running;

/// <summary>Reads sagas in pages, and says what must not be.</summary>
internal sealed class SagaAudit(IAuditStore store, ISagaQueries queries, PlanCatalogue plans)
{
    private const int Page = 500;

    /// <summary>Reads sagas and judges each.</summary>
    public async Task<IReadOnlyList<(AuditedSaga Saga, List<Finding> Findings)>> Of(
        IReadOnlyCollection<Guid> sagas,
        Unchecked left,
        CancellationToken cancellationToken
    )
    {
        var areSummedUp = await queries.SummariesLag(cancellationToken) < SummaryRules.Patience;
        var judged = new List<(AuditedSaga, List<Finding>)>(sagas.Count);
        foreach (var page in sagas.Chunk(Page))
        {
            foreach (var saga in await store.Read(page, cancellationToken))
            {
                var plan = plans.TryGet(saga.Type, saga.PlanVersion)?.Definition;
                Note(saga, plan is not null, areSummedUp, left);
                judged.Add((saga, [.. RowRules.Of(saga, plan), .. WaitRules.Of(saga), .. areSummedUp ? SummaryRules.Of(saga) : []]));
            }
        }

        return judged;
    }

    private static void Note(AuditedSaga saga, bool hasPlan, bool areSummedUp, Unchecked left)
    {
        if (saga.Progress is null)
        {
            left.WithoutDocument(saga.Id);
        }

        if (!hasPlan)
        {
            left.WithoutPlan(saga.Id);
        }

        if (!areSummedUp)
        {
            left.WithoutSummary(saga.Id);
        }
    }
}
