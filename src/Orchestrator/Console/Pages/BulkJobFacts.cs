using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What the page of one bulk job shows.</summary>
internal sealed record BulkJobFacts(BulkJob Job, BulkItems Items)
{
    public static async Task<BulkJobFacts> Read(ApiClient api, Guid id, string query, CancellationToken cancellationToken)
    {
        var job = api.BulkJob(id, cancellationToken);
        var items = api.BulkItems(id, query, cancellationToken);
        await Task.WhenAll(job, items);
        return new BulkJobFacts(await job, await items);
    }
}
