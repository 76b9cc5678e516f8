using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What the page of one saga shows.</summary>
internal sealed record SagaFacts(SagaStatus Status, Explanation Explained, IReadOnlyList<HistoryItem> History)
{
    private const int MostParts = 10;

    public int Version => History.Count == 0 ? 0 : History[^1].Version;

    /// <summary>Reads it; of the history only what is not known yet.</summary>
    public static async Task<SagaFacts> Read(ApiClient api, Guid id, SagaFacts? known, CancellationToken cancellationToken)
    {
        var history = await Later(api, id, known?.History ?? [], cancellationToken);
        var status = api.Saga(id, cancellationToken);
        var explained = api.Explain(id, cancellationToken);
        await Task.WhenAll(status, explained);
        return new SagaFacts(await status, await explained, history);
    }

    private static async Task<IReadOnlyList<HistoryItem>> Later(
        ApiClient api,
        Guid id,
        IReadOnlyList<HistoryItem> history,
        CancellationToken cancellationToken
    )
    {
        for (var part = 0; part < MostParts; part++)
        {
            var more = await api.History(id, history.Count == 0 ? 0 : history[^1].Version, cancellationToken);
            history = more.Items.Count == 0 ? history : [.. history, .. more.Items];
            if (more.Next is null)
            {
                break;
            }
        }

        return history;
    }
}
