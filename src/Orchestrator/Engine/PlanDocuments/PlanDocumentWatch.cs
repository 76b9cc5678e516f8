using SagaOrchestrator.Documents;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Messaging.Background;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.PlanDocuments;

/// <summary>Looks every two seconds for documents that were registered at other nodes, and adds their plans.</summary>
internal sealed class PlanDocumentWatch(PlanCatalogue plans, IPlanDocuments documents, ILogger<PlanDocumentWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim turn = new(1);
    private readonly HashSet<(string Type, int Version)> seen = [];

    /// <summary>Looks now.</summary>
    public async Task Look(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            foreach (var document in await documents.Read(seen, cancellationToken))
            {
                Take(document);
                seen.Add((document.Type, document.Version));
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public override void Dispose()
    {
        turn.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeatedly.Do(Look, exception => PlanDocumentLog.NotRead(log, exception.Message), Every, stoppingToken);

    // A document that this build cannot read is from a newer one: nodes that can have its sagas.
    private void Take(StoredPlanDocument stored)
    {
        var document = PlanDocument.Read(stored.Text);
        var problem = document.Plan is { } plan ? Objection(plan) : document.Findings[0].ToString();
        if (problem is null)
        {
            plans.Add([document.Plan!]);
            PlanDocumentLog.Added(log, stored.Type, stored.Version);
        }
        else
        {
            plans.Leave(new UnreadPlan(stored.Type, stored.Version, problem));
            PlanDocumentLog.NotUsed(log, stored.Type, stored.Version, problem);
        }
    }

    private string? Objection(Plan plan) => plans.Objection([plan]);
}

/// <summary>Adds the plans of registered documents before anything is served.</summary>
internal sealed class LoadPlanDocuments(PlanDocumentWatch watch) : BeforeStart
{
    public override Task StartingAsync(CancellationToken cancellationToken) =>
        Startup.WhenPossible(() => watch.Look(cancellationToken), cancellationToken);
}
