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
internal static class ActOnBulkJobEndpoints
{
    private const int Listed = 100;

    public static void Map(RouteGroupBuilder api)
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
            .TakesBody<BulkJobRequest>()
            .Produces<BulkPreviewAnswer>()
            .Produces<BulkJobStatus>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest);
        MapChange(api, "pause", "Pause a bulk job", "Items that are on their way are done.", jobs => jobs.Pause);
        MapChange(api, "resume", "Resume a bulk job", "One that is paused, or that has stopped by itself.", jobs => jobs.Resume);
        MapChange(api, "cancel", "Cancel a bulk job", "What was done stays done; the other items are left.", jobs => jobs.Cancel);
    }

    private static void MapChange(
        RouteGroupBuilder api,
        string verb,
        string summary,
        string description,
        Func<SagaBulkJobs, Func<Guid, OperatorNote, CancellationToken, Task<BulkJob?>>> change
    ) =>
        api.MapBody(
                $"/{{id:guid}}/{verb}",
                (Guid id, HttpRequest http, SagaBulkJobs jobs, IntakeLimits limits, CancellationToken cancellationToken) =>
                    Change(id, http, jobs, limits, change(jobs), cancellationToken)
            )
            .WithName($"{verb}BulkJob")
            .WithSummary(summary)
            .WithDescription(description)
            .TakesBody<OperatorRequest>()
            .Produces<BulkJobStatus>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> Create(HttpRequest http, SagaBulkJobs jobs, IntakeLimits limits, CancellationToken cancellationToken)
    {
        var received = await NotedBody.Read<BulkJobRequest>(http, limits, cancellationToken);
        if (received.Value is not { } asked)
        {
            return received.Problem!;
        }

        var read = new ParameterReader();
        var (order, sagas, letters) = new BulkOrders(read).Of(asked.Body, asked.Note);
        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        try
        {
            return await Begin(http.HttpContext, jobs, asked.Body.DryRun, order, sagas, letters, cancellationToken);
        }
        catch (InvalidQueryException exception)
        {
            return Problem.Invalid(
                exception.Filter is "filter" or "result" ? exception.Filter : $"filter.{ColumnParameters.Prefix}{exception.Filter}",
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

    private static async Task<IResult> Change(
        Guid id,
        HttpRequest http,
        SagaBulkJobs jobs,
        IntakeLimits limits,
        Func<Guid, OperatorNote, CancellationToken, Task<BulkJob?>> change,
        CancellationToken cancellationToken
    )
    {
        var received = await NotedBody.Read<OperatorRequest>(http, limits, cancellationToken);
        if (received.Value is not { } asked)
        {
            return received.Problem!;
        }

        var paths = ApiPaths.Of(http.HttpContext);
        if (await change(id, asked.Note, cancellationToken) is not null)
        {
            return ApiJson.Answer(BulkJobStatus.Of((await jobs.Get(id, cancellationToken))!, paths));
        }

        return await jobs.Find(id, cancellationToken) is { } job
            ? Problem.Of(ProblemTypes.BulkJobState, $"The job is {job.State}.", ("job", paths.BulkJob(id)))
            : BulkJobProblems.Unknown(id);
    }
}
