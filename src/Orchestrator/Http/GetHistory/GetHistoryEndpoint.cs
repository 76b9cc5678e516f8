using System.Globalization;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.GetHistory;

internal static class GetHistoryEndpoint
{
    private const int PageSize = 200;

    public static void Map(RouteGroupBuilder api) => api.MapGet("/{id:guid}/history", Get)
        .WithName("getSagaHistory")
        .WithSummary("What happened to a saga, in order")
        .WithDescription("Append-only. Up to 200 entries; go on with ?after= the last version, which 'next' holds while there may be more.")
        .Produces<HistoryPage>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Get(
        Guid id, string? after, HttpContext http, SagaReader sagas, CancellationToken cancellationToken)
    {
        var version = 0;
        if (after is not null && !int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out version))
        {
            return Problem.Invalid("after", "Give the version after which to go on, a whole number from 0. The link 'next' holds it.");
        }

        var rows = await sagas.History(id, version, PageSize, cancellationToken);
        if (rows.Count == 0 && await sagas.Get(id, cancellationToken) is null)
        {
            return Problem.UnknownSaga(id, ApiPaths.Of(http));
        }

        var next = rows.Count == PageSize ? $"{ApiPaths.Of(http).History(id)}?after={rows[^1].Version}" : null;
        return ApiJson.Answer(new HistoryPage([.. rows.Select(HistoryItem.Of)], next));
    }
}

/// <summary>A part of a saga's history.</summary>
/// <param name="Items">Entries in order.</param>
/// <param name="Next">Where to go on; null at the end.</param>
internal sealed record HistoryPage(IReadOnlyList<HistoryItem> Items, string? Next);

/// <summary>One entry.</summary>
internal sealed record HistoryItem(
    int Version, DateTimeOffset At, string Type, string? Step, string? Direction, int? Attempt, string? Code, string? Reason,
    DateTimeOffset? DueAt, string? By, Guid? MessageId)
{
    public static HistoryItem Of(HistoryRow row) => new(
        row.Version, row.At, row.Entry.Type, row.Entry.Step,
        row.Entry.Direction switch
        {
            Decisions.Direction.Do => "do",
            Decisions.Direction.Undo => "undo",
            _ => null,
        },
        row.Entry.Attempt, row.Entry.Code, row.Entry.Reason, row.Entry.DueAt, row.Entry.By, row.MessageId);
}
