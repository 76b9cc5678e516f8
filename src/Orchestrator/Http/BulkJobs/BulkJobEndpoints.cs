using System.Globalization;
using SagaOrchestrator.Engine.Bulk;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Http.ListSagas;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Http.BulkJobs;

/// <summary>One action on many sagas: first a look, then a job.</summary>
internal static class BulkJobEndpoints
{
    private const int LargestPage = 500;
    private const int UsualPage = 50;
    private const int Listed = 100;

    public static void Map(RouteGroupBuilder api, RouteGroupBuilder reads)
    {
        api.MapBody("/", Create)
            .WithName("createBulkJob")
            .WithSummary("Act on every saga that a filter finds")
            .WithDescription(
                "With dryRun it only counts and lists what would be done, and what would be refused and why (200). Else the job "
                    + "begins (202): it survives the death of its node, goes no faster than perSecond, does 1, then 5, then 50 items "
                    + "and looks each time at what came of them, and stops by itself when too many are parked again. Its items are "
                    + "fixed as it is created."
            )
            .Accepts<BulkJobRequest>("application/json")
            .Produces<BulkPreviewAnswer>()
            .Produces<BulkJobStatus>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
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
        Describe(api.MapBody("/{id:guid}/pause", Pause), "pauseBulkJob", "Pause a bulk job", "Items that are on their way are done.");
        Describe(
            api.MapBody("/{id:guid}/resume", Resume),
            "resumeBulkJob",
            "Resume a bulk job",
            "One that is paused, or that has stopped by itself."
        );
        Describe(
            api.MapBody("/{id:guid}/cancel", Cancel),
            "cancelBulkJob",
            "Cancel a bulk job",
            "What was done stays done; the other items are left."
        );
    }

    private static async Task<IResult> Create(HttpRequest http, SagaBulkJobs jobs, IntakeLimits limits, CancellationToken cancellationToken)
    {
        var received = await RequestBody.Read<BulkJobRequest>(http, limits, cancellationToken);
        if (received.Value is not { } body)
        {
            return received.Problem!;
        }

        var note = Notes.Of(http.HttpContext, body);
        if (note.Value is not { } known)
        {
            return note.Problem!;
        }

        var read = new ParameterReader();
        var (order, sagas, letters) = new BulkOrders(read).Of(body, known);
        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        try
        {
            return await Begin(http.HttpContext, jobs, body.DryRun, order, sagas, letters, cancellationToken);
        }
        catch (InvalidQueryException exception)
        {
            return Problem.Invalid(
                exception.Filter == "filter" ? "filter" : $"filter.{ColumnParameters.Prefix}{exception.Filter}",
                exception.Message
            );
        }
    }

    private static async Task<IResult> Begin(
        HttpContext http,
        SagaBulkJobs jobs,
        bool isDryRun,
        BulkOrder order,
        SagaQuery? sagas,
        DeadLetterQuery? letters,
        CancellationToken cancellationToken
    )
    {
        var paths = ApiPaths.Of(http);
        if (isDryRun)
        {
            var preview = letters is null
                ? await jobs.Preview(order.Action, sagas!, order.Note, Listed, cancellationToken)
                : await jobs.Preview(letters, Listed, cancellationToken);
            return ApiJson.Answer(BulkPreviewAnswer.Of(preview, order.Action, paths));
        }

        var job = letters is null
            ? await jobs.Create(order, sagas!, cancellationToken)
            : await jobs.Create(order, letters, cancellationToken);
        http.Response.Headers.Location = paths.BulkJob(job.Id);
        return ApiJson.Answer(BulkJobStatus.Of(job, paths), StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> List(
        HttpContext http,
        SagaBulkJobs jobs,
        string? after,
        string? limit,
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
        if (after is not null && (last = await jobs.Get(Guid.Parse(after), cancellationToken)) is null)
        {
            return Unknown(Guid.Parse(after));
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
        await jobs.Get(id, cancellationToken) is { } job ? ApiJson.Answer(BulkJobStatus.Of(job, ApiPaths.Of(http))) : Unknown(id);

    private static async Task<IResult> Items(
        Guid id,
        HttpContext http,
        SagaBulkJobs jobs,
        string? outcome,
        string? after,
        string? limit,
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

        if (await jobs.Get(id, cancellationToken) is not { } job)
        {
            return Unknown(id);
        }

        var items = await jobs.Items(id, words is [var word] ? Enum.Parse<BulkOutcome>(word) : null, number, size, cancellationToken);
        return ApiJson.Answer(
            new BulkJobItems(
                [.. items.Select(item => BulkJobItem.Of(item, job.Order.Action, ApiPaths.Of(http)))],
                items.Count == size ? items[^1].Number : null
            )
        );
    }

    private static Task<IResult> Pause(
        Guid id,
        HttpRequest http,
        SagaBulkJobs jobs,
        IntakeLimits limits,
        CancellationToken cancellationToken
    ) => Change(id, http, jobs, limits, jobs.Pause, cancellationToken);

    private static Task<IResult> Resume(
        Guid id,
        HttpRequest http,
        SagaBulkJobs jobs,
        IntakeLimits limits,
        CancellationToken cancellationToken
    ) => Change(id, http, jobs, limits, jobs.Resume, cancellationToken);

    private static Task<IResult> Cancel(
        Guid id,
        HttpRequest http,
        SagaBulkJobs jobs,
        IntakeLimits limits,
        CancellationToken cancellationToken
    ) => Change(id, http, jobs, limits, jobs.Cancel, cancellationToken);

    private static async Task<IResult> Change(
        Guid id,
        HttpRequest http,
        SagaBulkJobs jobs,
        IntakeLimits limits,
        Func<Guid, OperatorNote, CancellationToken, Task<BulkJob?>> change,
        CancellationToken cancellationToken
    )
    {
        var received = await RequestBody.Read<OperatorRequest>(http, limits, cancellationToken);
        if (received.Value is not { } body)
        {
            return received.Problem!;
        }

        var note = Notes.Of(http.HttpContext, body);
        if (note.Value is not { } known)
        {
            return note.Problem!;
        }

        var changed = await change(id, known, cancellationToken);
        if (await jobs.Get(id, cancellationToken) is not { } job)
        {
            return Unknown(id);
        }

        var paths = ApiPaths.Of(http.HttpContext);
        return changed is null
            ? Problem.Of(ProblemTypes.BulkJobState, $"The job is {job.State}.", ("job", paths.BulkJob(id)))
            : ApiJson.Answer(BulkJobStatus.Of(job, paths));
    }

    private static ProblemAnswer Unknown(Guid id) =>
        Problem.Of(
            ProblemTypes.UnknownBulkJob,
            string.Create(CultureInfo.InvariantCulture, $"No bulk job has the id {id}. Ended jobs are kept as long as ended sagas."),
            ("field", "id")
        );

    private static void Describe(RouteHandlerBuilder endpoint, string name, string summary, string description) =>
        endpoint
            .WithName(name)
            .WithSummary(summary)
            .WithDescription(description)
            .Accepts<OperatorRequest>("application/json")
            .Produces<BulkJobStatus>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
}

/// <summary>Bulk jobs.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Next">What to give as after for the next page; null on the last.</param>
internal sealed record BulkJobList(IReadOnlyList<BulkJobStatus> Items, Guid? Next);

/// <summary>Items of a bulk job.</summary>
/// <param name="Items">In order.</param>
/// <param name="Next">What to give as after for the next page; null on the last.</param>
internal sealed record BulkJobItems(IReadOnlyList<BulkJobItem> Items, int? Next);
