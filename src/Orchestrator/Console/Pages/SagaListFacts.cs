using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What the list of sagas shows.</summary>
internal sealed record SagaListFacts(SagaPage Page, IReadOnlyList<string> Types)
{
    public static async Task<SagaListFacts> Read(ApiClient api, string query, CancellationToken cancellationToken)
    {
        var page = api.Sagas(query, cancellationToken);
        var types = api.SagaTypes(cancellationToken);
        await Task.WhenAll(page, types);
        return new SagaListFacts(await page, [.. (await types).Items.Select(type => type.Type)]);
    }
}
