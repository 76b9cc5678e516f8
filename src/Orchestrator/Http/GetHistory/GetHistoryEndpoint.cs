using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Explanations.Timelines;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.GetHistory;

internal static class GetHistoryEndpoint
{
    public const int PageSize = 200;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/{id:guid}/history", Get)
            .WithName("getSagaHistory")
            .WithSummary("What happened to a saga, in order")
            .WithDescription(
                "Append-only, each entry with what it came of. Up to 200 entries; go on with ?after= the 'next' of a page, which is there "
                    + "while there may be more."
            )
            .Produces<HistoryPage>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Get(
        Guid id,
        [WholeNumber(0, int.MaxValue, Usual = 0)] string? after,
        HttpContext http,
        SagaExplanations sagas,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var version = read.Number("after", after, 0, 0, int.MaxValue);
        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        if (await sagas.Timeline(id, version, PageSize, cancellationToken) is not { } entries)
        {
            return Problem.UnknownSaga(id, ApiPaths.Of(http));
        }

        return ApiJson.Answer(
            new HistoryPage([.. entries.Select(HistoryItem.Of)], entries.Count == PageSize ? entries[^1].Event.Version : null)
        );
    }
}

/// <summary>A part of a saga's history.</summary>
/// <param name="Items">Entries in order.</param>
/// <param name="Next">What to give as after for the next page; null at the end.</param>
internal sealed record HistoryPage(IReadOnlyList<HistoryItem> Items, int? Next);

/// <summary>One entry.</summary>
internal sealed record HistoryItem(
    int Version,
    DateTimeOffset At,
    string Type,
    string? Step,
    string? Direction,
    int? Attempt,
    string? Code,
    string? Reason,
    DateTimeOffset? DueAt,
    string? By,
    Guid? MessageId,
    CauseItem Cause
)
{
    public static HistoryItem Of(TimelineEntry row) =>
        new(
            row.Event.Version,
            row.Event.At,
            row.Event.Entry.Type,
            row.Event.Entry.Step,
            row.Event.Entry.Direction switch
            {
                Decisions.Direction.Do => "do",
                Decisions.Direction.Undo => "undo",
                _ => null,
            },
            row.Event.Entry.Attempt,
            row.Event.Entry.Code,
            row.Event.Entry.Reason,
            row.Event.Entry.DueAt,
            row.Event.Entry.By,
            row.Event.MessageId,
            new CauseItem(row.Cause.Kind, row.Cause.By)
        );
}

/// <summary>What an entry came of.</summary>
/// <param name="Kind">Start, Begin, Reply, Timer, Operator, Signal, or Unknown.</param>
/// <param name="By">The participant that answered, the operator, or the signal's name.</param>
internal sealed record CauseItem(CauseKind Kind, string? By);
