using System.Text.Json;
using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Starting;
using SagaOrchestrator.Http.GetSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Http.StartSaga;

internal static class StartSagaEndpoint
{
    public const string Name = "startSaga";

    public static void Map(RouteGroupBuilder api) => api.MapPost($"/{{type:{IdRoutes.SagaType}}}", Start)
        .WithName(Name)
        .WithSummary("Start a saga")
        .WithDescription(
            "The body is the plan's start message; an example of each plan is given. Idempotent by business key: the same data answers " +
            "the same saga with 200, other data under the same key is a 409 that names the existing saga. The header Idempotency-Key, " +
            "when sent, must be the business key.")
        .Accepts<JsonElement>("application/json")
        .Produces<SagaStatus>(StatusCodes.Status202Accepted)
        .Produces<SagaStatus>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> Start(
        string type, HttpRequest http, PlanCatalogue plans, RequestStarts starter, StartPermits permits, IntakeLimits intake,
        CancellationToken cancellationToken)
    {
        if (plans.Find(type) is not { } plan)
        {
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
            return Problem.Invalid("Idempotency-Key", $"The header is another than the body's business key, '{request.BusinessKey}'. Send the same, or no header.");
        }

        // Not before the body is here: a slow sender must not take the place of one who has sent all.
        using var permit = permits.Take();
        if (!permit.IsAcquired)
        {
            return permits.Refusal(http.HttpContext.Response);
        }

        try
        {
            return Answer(http, await StartInTime(starter, request, permits.Limits, cancellationToken));
        }
        catch (StartsStoppedException stopped)
        {
            http.HttpContext.Response.Headers.RetryAfter = "30";
            return Problem.StartsStopped(stopped.Stop);
        }
    }

    // What still waits is taken back. A commit that is on its way cannot be, so it goes on without the caller, who is told to ask again.
    private static async Task<StartResult> StartInTime(RequestStarts starter, StartRequest request, StartLimits limits, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limits.Patience);
        return await starter.Start(request, patience.Token).WaitAsync(patience.Token);
    }

    private static IResult Answer(HttpRequest http, StartResult started)
    {
        var id = started.Saga.CorrelationId;
        http.HttpContext.Response.Headers.Location = Routes.Saga(id);
        return started.Outcome switch
        {
            StartOutcome.New => TypedResults.Accepted(Routes.Saga(id), SagaStatus.Of(started.Saga)),
            StartOutcome.Existing => TypedResults.Ok(SagaStatus.Of(started.Saga)),
            _ => Problem.Conflict(id, started.Saga.BusinessKey),
        };
    }
}
