using System.Text.Json;
using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What the page of one saga shows.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="Explained">Why, and what follows.</param>
/// <param name="History">What happened.</param>
/// <param name="Columns">The columns that its plan declares; null for none.</param>
internal sealed record SagaFacts(SagaStatus Status, Explanation Explained, IReadOnlyList<HistoryItem> History, JsonElement? Columns)
{
    private const int MostParts = 10;

    /// <summary>The columns in a line; empty for none.</summary>
    public string Business => Columns is { } columns ? Api.Columns.Text(columns) : string.Empty;

    /// <summary>What it is about in money; null when its plan does not say.</summary>
    public string? Stake => Columns is { } columns ? Api.Columns.Sum([columns]) : null;

    public int Version => History.Count == 0 ? 0 : History[^1].Version;

    /// <summary>Reads it; of the history only what is not known yet.</summary>
    public static async Task<SagaFacts> Read(ApiClient api, Guid id, SagaFacts? known, CancellationToken cancellationToken)
    {
        var history = await Later(api, id, known?.History ?? [], cancellationToken);
        var status = api.Saga(id, cancellationToken);
        var explained = api.Explain(id, cancellationToken);
        await Task.WhenAll(status, explained);
        var found = await status;
        return new SagaFacts(found, await explained, history, known?.Columns ?? await About(api, found, cancellationToken));
    }

    // They follow from what it was started with, so they are read once.
    private static async Task<JsonElement?> About(ApiClient api, SagaStatus saga, CancellationToken cancellationToken)
    {
        var page = await api.Sagas(PageFilter.With(("key", saga.BusinessKey), ("type", saga.Type)).Query(), cancellationToken);
        return page.Items.Count == 0 ? null : page.Items[0].Columns;
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
