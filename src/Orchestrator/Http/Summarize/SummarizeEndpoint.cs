using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Summarize;

internal static class SummarizeEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/" + Routes.SummaryName, Summarize)
            .WithName("summarizeSagas")
            .WithSummary("How many sagas of each type and plan version are in each state")
            .Produces<SagaCounts>();

    public static async Task<IResult> Summarize(SagaSearch search, CancellationToken cancellationToken) =>
        ApiJson.Answer(new SagaCounts(await search.Count(cancellationToken)));
}

/// <summary>Counts by type, plan version and state.</summary>
internal sealed record SagaCounts(IReadOnlyList<SagaCount> Counts);
