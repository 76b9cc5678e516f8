using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What the inbox shows.</summary>
/// <param name="Groups">By cause.</param>
/// <param name="Count">How many sagas were read.</param>
/// <param name="Total">How many there are, or at least how many.</param>
internal sealed record ParkedFacts(IReadOnlyList<StuckGroup> Groups, int Count, long Total)
{
    private const int MostPages = 4;

    public static async Task<ParkedFacts> Read(ApiClient api, CancellationToken cancellationToken)
    {
        var sagas = new List<SagaItem>();
        string? cursor = null;
        long? total = null;
        for (var page = 0; page < MostPages && (page == 0 || cursor is not null); page++)
        {
            var filter = PageFilter.With(("stuck", "true"));
            var found = await api.Sagas(
                filter.Query(("sort", "waiting"), ("limit", "500"), ("cursor", cursor), ("count", total is null ? "true" : null)),
                cancellationToken
            );
            sagas.AddRange(found.Items);
            (cursor, total) = (found.Next, total ?? found.Count);
        }

        return new ParkedFacts(StuckGroup.Of(sagas), sagas.Count, Math.Max(total ?? 0, sagas.Count));
    }
}
