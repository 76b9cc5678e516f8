using System.Text.Json;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Host.Machine;
using SagaOrchestrator.Host.Operations.GetSaga;
using SagaOrchestrator.Host.Operations.Problems;
using SagaOrchestrator.Host.Plans;

namespace SagaOrchestrator.Host.Operations.OperateSaga;

/// <summary>What an operator can do to a saga. Each is a transition like any other, recorded with who, when and why (rule S33).</summary>
internal static class OperateSagaEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        Describe(api.MapPost("/{id:guid}/retry", Retry), "retryStep", "Send a stuck command again now")
            .WithDescription("For a step that is stuck (it gets a new budget of attempts) or backed off (the wait ends).");
        Describe(api.MapPost("/{id:guid}/skip", Skip), "skipCompensation", "Give a stuck compensation up")
            .WithDescription("The step's effect may stay. The saga goes on undoing the others, and names this one in SagaFailed.notCompensated.");
        Describe(api.MapPost("/{id:guid}/resolve", Resolve), "resolveStep", "Say how a stuck step, or compensation, turned out")
            .WithDescription("'done' goes on with the given result, or takes a compensation as done by hand. 'not-done' compensates the steps before.");
        Describe(api.MapPost("/{id:guid}/cancel", Cancel), "cancelSaga", "Give a saga up and compensate")
            .WithDescription("Refused with 409 from the pivot on. A saga that is failing already stays as it is, and so does a second cancel.");
    }

    private static Task<IResult> Retry(Guid id, StepAction body, SagaActor actor, CancellationToken cancellationToken) =>
        Run(id, "retry", body, body.CheckStep(), () => new RetryNow(body.Step!, body.By!, body.Reason!), null, actor, cancellationToken);

    private static Task<IResult> Skip(Guid id, StepAction body, SagaActor actor, CancellationToken cancellationToken) =>
        Run(id, "skip", body, body.CheckStep(), () => new SkipCompensation(body.Step!, body.By!, body.Reason!), null, actor, cancellationToken);

    private static Task<IResult> Resolve(Guid id, Resolution body, SagaActor actor, CancellationToken cancellationToken) => Run(
        id, "resolve-" + body.Outcome, body, body.Check(),
        () => body.Outcome == Resolution.Done
            ? new ResolveAsDone(body.Step!, body.By!, body.Reason!)
            : new ResolveAsNotDone(body.Step!, body.By!, body.Reason!),
        body.Result, actor, cancellationToken);

    private static Task<IResult> Cancel(Guid id, OperatorRequest body, SagaActor actor, CancellationToken cancellationToken) =>
        Run(id, "cancel", body, body.CheckWho(), () => new Cancel(body.By!, body.Reason!), null, actor, cancellationToken);

    private static async Task<IResult> Run(
        Guid id, string verb, OperatorRequest body, IEnumerable<FieldError> errors, Func<OperatorInput> input, JsonElement? result,
        SagaActor actor, CancellationToken cancellationToken)
    {
        FieldError[] found = [.. errors];
        if (found.Length > 0)
        {
            return Problem.Invalid(found);
        }

        var action = new OperatorAction(verb, (body as StepAction)?.Step, body.By!, body.Reason!);
        return await actor.Act(id, input(), result, action, cancellationToken) switch
        {
            null => Problem.UnknownSaga(id),
            { Refused: { } refused } => Problem.NotPossible(refused.Code, refused.Reason, id),
            var acted => TypedResults.Ok(SagaStatus.Of(acted.Saga)),
        };
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .WithName(name).WithSummary(summary)
        .Produces<SagaStatus>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
