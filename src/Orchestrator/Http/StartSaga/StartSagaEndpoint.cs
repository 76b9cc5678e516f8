using System.Text.Json;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Http.GetSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Http.StartSaga;

internal static class StartSagaEndpoint
{
    public const string Name = "startSaga";

    public static void Map(RouteGroupBuilder api) =>
        api.MapBody($"/{{type:{IdRoutes.SagaType}}}", Start)
            .WithName(Name)
            .WithSummary("Start a saga")
            .WithDescription(
                "The body is the plan's start message; an example of each plan is given. Idempotent by business key: the same data answers "
                    + "the same saga with 200, other data under the same key is a 409 that names the existing saga. The header "
                    + "Idempotency-Key, when sent, must be the business key."
            )
            .TakesBody<JsonElement>()
            .Produces<SagaStatus>(StatusCodes.Status202Accepted)
            .Produces<SagaStatus>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> Start(
        string type,
        HttpRequest http,
        PlanCatalogue plans,
        SagaStarter starter,
        StartPermits permits,
        IntakeLimits intake,
        CancellationToken cancellationToken
    )
    {
        if (plans.Find(type) is not { } plan)
        {
            plans.ThrowIfUnread(type);
            return Problem.UnknownType(plans.Newest.Select(known => known.Type));
        }

        var received = await RequestBody.Bytes(http, intake.StartBytes, cancellationToken);
        if (received.Problem is { } problem)
        {
            return problem;
        }

        StartRequest request;
        try
        {
            request = plan.Read(received.Value.Span, intake);
        }
        catch (InvalidStartException exception)
        {
            return Problem.Invalid(exception);
        }

        if (http.Headers.TryGetValue("Idempotency-Key", out var key) && key.ToString() != request.BusinessKey)
        {
            return Problem.Invalid(
                "Idempotency-Key",
                $"The header is another than the body's business key, '{request.BusinessKey}'. Send the same, or no header."
            );
        }

        // Not before the body is here: a slow sender must not take the place of one who has sent all.
        using var permit = permits.Take();
        if (!permit.IsAcquired)
        {
            return permits.Refusal(http.HttpContext.Response);
        }

        return Answer(http.HttpContext, await StartInTime(starter, request, permits.Limits, cancellationToken));
    }

    // What still waits is taken back. A commit that is on its way cannot be, so it goes on without the caller, who is told to ask again.
    private static async Task<StartAnswer> StartInTime(
        SagaStarter starter,
        StartRequest request,
        StartLimits limits,
        CancellationToken cancellationToken
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limits.Patience);
        return await starter.Start(request, patience.Token).WaitAsync(patience.Token);
    }

    private static IResult Answer(HttpContext http, StartAnswer answer)
    {
        switch (answer)
        {
            case StartAnswer.Started { Saga: var saga }:
                return Located(http, saga, StatusCodes.Status202Accepted);
            case StartAnswer.Existing { Saga: var saga }:
                return Located(http, saga, StatusCodes.Status200OK);
            case StartAnswer.Conflict { Saga: var saga }:
                http.Response.Headers.Location = ApiPaths.Of(http).Saga(saga.Id);
                return Problem.Conflict(saga.Id, saga.BusinessKey, ApiPaths.Of(http));
            case StartAnswer.Stopped { Stop: var stop }:
                http.Response.Headers.RetryAfter = "30";
                return Problem.StartsStopped(stop);
            default:
                throw new InvalidOperationException(
                    $"The answer {answer.GetType().Name} is new here. Teach {nameof(StartSagaEndpoint)} to give it."
                );
        }
    }

    private static IResult Located(HttpContext http, SagaSnapshot saga, int status)
    {
        var paths = ApiPaths.Of(http);
        http.Response.Headers.Location = paths.Saga(saga.Id);
        return ApiJson.Answer(SagaStatus.Of(saga, paths), status);
    }
}
