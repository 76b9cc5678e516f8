using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Summarize;

internal static class SummarizeEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/" + Routes.SummaryName, Summarize)
        .WithName("summarizeSagas")
        .WithSummary("How many sagas of each type are in each state")
        .Produces<SagaSummary>();

    private static async Task<IResult> Summarize(SagaReader sagas, CancellationToken cancellationToken) =>
        ApiJson.Answer(new SagaSummary(await sagas.Count(cancellationToken)));
}

/// <summary>Counts by type and state.</summary>
internal sealed record SagaSummary(IReadOnlyList<SagaCount> Counts);
