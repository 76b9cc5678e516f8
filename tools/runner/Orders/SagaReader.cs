using System.Net.Http.Json;

namespace SagaOrchestrator.Runner.Orders;

/// <summary>Reads over REST where sagas stand.</summary>
internal sealed class SagaReader(HttpClient api)
{
    /// <summary>Those of the given sagas that the list knows, newest first.</summary>
    public async Task<IReadOnlyList<SagaItem>> Read(ICollection<Guid> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.ToHashSet();
        var found = new List<SagaItem>(wanted.Count);
        string? cursor = null;
        do
        {
            var page = await api.GetFromJsonAsync<SagaItems>(
                $"api/v1/sagas?type=order-fulfillment&limit=500{(cursor is null ? string.Empty : "&cursor=" + cursor)}",
                cancellationToken
            );
            found.AddRange(page!.Items.Where(item => wanted.Remove(item.Id)));
            cursor = page.Next;
        } while (cursor is not null && wanted.Count > 0);
        return found;
    }

    /// <summary>How many sagas are in each state.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Count(CancellationToken cancellationToken)
    {
        var summary = await api.GetFromJsonAsync<Summary>("api/v1/sagas/summary", cancellationToken);
        return summary!.Counts.GroupBy(count => count.State).ToDictionary(group => group.Key, group => group.Sum(count => count.Count));
    }

    private sealed record Summary(IReadOnlyList<StateCount> Counts);

    private sealed record StateCount(string State, long Count);

    private sealed record SagaItems(IReadOnlyList<SagaItem> Items, string? Next);
}

/// <summary>One saga as the API lists it.</summary>
internal sealed record SagaItem(
    Guid Id,
    string BusinessKey,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    SagaError? Error,
    IReadOnlyList<string> Compensated
)
{
    public bool AtRest => State is "Completed" or "Failed" or "Parked";
}

/// <summary>Why a saga failed.</summary>
internal sealed record SagaError(string Step, string Code);
