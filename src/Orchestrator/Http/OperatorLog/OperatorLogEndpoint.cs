using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.OperatorLog;

/// <summary>What operators did, and what was refused them.</summary>
internal static class OperatorLogEndpoint
{
    private const int LargestPage = 500;
    private const int UsualPage = 50;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/", List)
            .WithName("listOperatorActions")
            .WithSummary("What operators did and what was refused them, the newest first")
            .WithDescription(
                "kind is saga, participant, saga-type, bulk-job, dead-letter, webhook or subject; subject an id or a name; outcome Done or "
                    + "Refused. Pages: limit from 1 to 500, and as after the position of the last of the page before. Lines cannot be "
                    + "changed; those of a saga go with it when its retention is over."
            )
            .Produces<OperatorActionList>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> List(
        Engine.Control.OperatorLog log,
        string? kind,
        string? subject,
        string? by,
        string? verb,
        [Word(OperatorActionItem.Done, OperatorActionItem.Refused)] string? outcome,
        [Time] string? from,
        [Time] string? before,
        [WholeNumber(0, long.MaxValue)] string? after,
        [WholeNumber(1, LargestPage, Usual = UsualPage)] string? limit,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var size = read.Number("limit", limit, UsualPage, 1, LargestPage);
        var query = new LogQuery
        {
            Kind = read.Text("kind", kind),
            Subject = read.Text("subject", subject),
            Who = read.Text("by", by),
            Verb = read.Text("verb", verb),
            WasRefused = outcome is null ? null : outcome == OperatorActionItem.Refused,
            From = read.Time("from", from),
            Before = read.Time("before", before),
            After = read.Position("after", after),
        };
        if (outcome is not (null or OperatorActionItem.Done or OperatorActionItem.Refused))
        {
            read.Refuse("outcome", "Give Done or Refused.");
        }

        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        var actions = await log.Read(query, size, cancellationToken);
        return ApiJson.Answer(
            new OperatorActionList([.. actions.Select(OperatorActionItem.Of)], actions.Count == size ? actions[^1].Position : null)
        );
    }
}

/// <summary>Actions of operators.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Next">What to give as after for the next page; null on the last.</param>
internal sealed record OperatorActionList(IReadOnlyList<OperatorActionItem> Items, long? Next);

/// <summary>What an operator did, or tried to do.</summary>
/// <param name="Position">Its place in the log; a later one is greater.</param>
/// <param name="At">UTC, on the database's clock.</param>
/// <param name="Kind">On what: saga, participant, saga-type, bulk-job, dead-letter or webhook.</param>
/// <param name="Subject">Which one: an id or a name.</param>
/// <param name="Verb">What.</param>
/// <param name="Step">At which step; null for the whole.</param>
/// <param name="By">The operator.</param>
/// <param name="Origin">The address that the request came from; null where none is known.</param>
/// <param name="Reason">The reason that the operator gave.</param>
/// <param name="Outcome">Done or Refused.</param>
/// <param name="Code">Why it was refused: a stable word.</param>
/// <param name="Detail">The same for people.</param>
internal sealed record OperatorActionItem(
    long Position,
    DateTimeOffset At,
    string Kind,
    string Subject,
    string Verb,
    string? Step,
    string By,
    string? Origin,
    string Reason,
    string Outcome,
    string? Code,
    string? Detail
)
{
    public const string Done = "Done";
    public const string Refused = "Refused";

    public static OperatorActionItem Of(LoggedAction action) =>
        new(
            action.Position,
            action.At,
            action.Kind,
            action.Subject,
            action.Verb,
            action.Step,
            action.Who,
            action.Origin,
            action.Why,
            action.Code is null ? Done : Refused,
            action.Code,
            action.Detail
        );
}
