using SagaOrchestrator.Engine.Bulk;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.BulkJobs;

/// <summary>Bulk jobs, how they stand, and what became of their items.</summary>
internal static class ReadBulkJobEndpoints
{
    private const int LargestPage = 500;
    private const int UsualPage = 50;

    public static void Map(RouteGroupBuilder reads)
    {
        reads
            .MapGet("/", List)
            .WithName("listBulkJobs")
            .WithSummary("Bulk jobs, the newest first")
            .WithDescription("Pages: limit from 1 to 500, and as after the id of the last job of the page before.")
            .Produces<BulkJobList>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        reads
            .MapGet("/{id:guid}", Get)
            .WithName("getBulkJob")
            .WithSummary("A bulk job, and what became of its items until now")
            .Produces<BulkJobStatus>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        reads
            .MapGet("/{id:guid}/items", Items)
            .WithName("listBulkJobItems")
            .WithSummary("The items of a bulk job, in order")
            .WithDescription(
                "outcome: Pending, Done, Refused or Failed. Pages: limit from 1 to 500, and as after the number of the last item of the "
                    + "page before."
            )
            .Produces<BulkJobItems>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> List(
        HttpContext http,
        SagaBulkJobs jobs,
        [Id] string? after,
        [WholeNumber(1, LargestPage, Usual = UsualPage)] string? limit,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var size = read.Number("limit", limit, UsualPage, 1, LargestPage);
        if (after is not null && !Guid.TryParse(after, out _))
        {
            read.Refuse("after", "Give the id of the last job of the page before.");
        }

        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        BulkJob? last = null;
        if (after is not null && (last = await jobs.Find(Guid.Parse(after), cancellationToken)) is null)
        {
            return BulkJobProblems.Unknown(Guid.Parse(after));
        }

        var found = await jobs.List(last, size, cancellationToken);
        return ApiJson.Answer(
            new BulkJobList(
                [.. found.Select(job => BulkJobStatus.Of(job, ApiPaths.Of(http), isListed: true))],
                found.Count == size ? found[^1].Id : null
            )
        );
    }

    private static async Task<IResult> Get(Guid id, HttpContext http, SagaBulkJobs jobs, CancellationToken cancellationToken) =>
        await jobs.Get(id, cancellationToken) is { } job
            ? ApiJson.Answer(BulkJobStatus.Of(job, ApiPaths.Of(http)))
            : BulkJobProblems.Unknown(id);

    private static async Task<IResult> Items(
        Guid id,
        HttpContext http,
        SagaBulkJobs jobs,
        [Word(nameof(BulkOutcome.Pending), nameof(BulkOutcome.Done), nameof(BulkOutcome.Refused), nameof(BulkOutcome.Failed))]
            string? outcome,
        [WholeNumber(0, int.MaxValue, Usual = 0)] string? after,
        [WholeNumber(1, LargestPage, Usual = UsualPage)] string? limit,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var size = read.Number("limit", limit, UsualPage, 1, LargestPage);
        var number = read.Number("after", after, 0, 0, int.MaxValue);
        var words = read.Words<BulkOutcome>("outcome", outcome);
        if (words.Length > 1)
        {
            read.Refuse("outcome", $"Give one of: {string.Join(", ", Enum.GetNames<BulkOutcome>())}.");
        }

        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        if (await jobs.Find(id, cancellationToken) is not { } job)
        {
            return BulkJobProblems.Unknown(id);
        }

        var items = await jobs.Items(id, words is [var word] ? Enum.Parse<BulkOutcome>(word) : null, number, size, cancellationToken);
        return ApiJson.Answer(
            new BulkJobItems(
                [.. items.Select(item => BulkJobItem.Of(item, job.Order.Action, ApiPaths.Of(http)))],
                items.Count == size ? items[^1].Number : null
            )
        );
    }
}

/// <summary>Bulk jobs.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Next">What to give as after for the next page; null on the last.</param>
internal sealed record BulkJobList(IReadOnlyList<BulkJobStatus> Items, Guid? Next);

/// <summary>Items of a bulk job.</summary>
/// <param name="Items">In order.</param>
/// <param name="Next">What to give as after for the next page; null on the last.</param>
internal sealed record BulkJobItems(IReadOnlyList<BulkJobItem> Items, int? Next);
