using SagaOrchestrator.Http.Conditional;
using SagaOrchestrator.Http.GetSaga;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.OperateSaga;

/// <summary>What an operator can do to a saga. Each is a transition like any other, recorded with who, when and why (rule S33).</summary>
internal static class OperateSagaEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        Describe<StepAction>(api.MapBody("/{id:guid}/retry", Retry), "retryStep", "Send a stuck command again now")
            .WithDescription("For a step that is stuck (it gets a new budget of attempts) or backed off (the wait ends).");
        Describe<StepAction>(api.MapBody("/{id:guid}/skip", Skip), "skipCompensation", "Give a stuck compensation up")
            .WithDescription(
                "The step's effect may stay. The saga goes on undoing the others, and names this one in SagaFailed.notCompensated."
            );
        Describe<Resolution>(
                api.MapBody("/{id:guid}/resolve", Resolve),
                "resolveStep",
                "Say how a stuck step, a compensation, or a step whose result was refused, turned out"
            )
            .WithDescription(
                "'done' goes on with the given result, or takes a compensation as done by hand. 'not-done' compensates the steps before."
            );
        Describe<OperatorRequest>(api.MapBody("/{id:guid}/pause", Pause), "pauseSaga", "Send nothing more until the saga is resumed")
            .WithDescription(
                "Its time stands still: no timer acts, not even its deadline. Answers and signals that come are taken; what follows from "
                    + "them waits. A second pause changes nothing."
            );
        Describe<OperatorRequest>(api.MapBody("/{id:guid}/resume", Resume), "resumeSaga", "Go on where the saga was paused")
            .WithDescription("It sends what was held back. Each wait has the time that it had left.");
        Describe<Extension>(api.MapBody("/{id:guid}/extend", Extend), "extendDeadline", "Wait longer for a step, or for the saga")
            .WithDescription(
                "With a step, its wait for an answer or a signal ends at the given time; without, the saga's deadline does. A time that is "
                    + "not later than the one that holds is refused."
            );
        Describe<OperatorRequest>(api.MapBody("/{id:guid}/cancel", Cancel), "cancelSaga", "Give a saga up and compensate")
            .WithDescription(
                "Refused with 409 from the pivot on. A saga that is failing already stays as it is, and so does a second cancel."
            );
    }

    private static Task<IResult> Retry(Guid id, HttpRequest http, OperatorDesk desk, CancellationToken cancellationToken) =>
        desk.Act<StepAction>(id, http, (sagas, body, note) => sagas.Retry(id, body.Step, note, cancellationToken), cancellationToken);

    private static Task<IResult> Skip(Guid id, HttpRequest http, OperatorDesk desk, CancellationToken cancellationToken) =>
        desk.Act<StepAction>(
            id,
            http,
            (sagas, body, note) => sagas.SkipCompensation(id, body.Step, note, cancellationToken),
            cancellationToken
        );

    private static Task<IResult> Resolve(Guid id, HttpRequest http, OperatorDesk desk, CancellationToken cancellationToken) =>
        desk.Act<Resolution>(
            id,
            http,
            (sagas, body, note) =>
                body.Outcome == Resolution.Done
                    ? sagas.ResolveAsDone(id, body.Step, body.Result, note, cancellationToken)
                    : sagas.ResolveAsNotDone(id, body.Step, note, cancellationToken),
            cancellationToken
        );

    private static Task<IResult> Pause(Guid id, HttpRequest http, OperatorDesk desk, CancellationToken cancellationToken) =>
        desk.Act<OperatorRequest>(id, http, (sagas, _, note) => sagas.Pause(id, note, cancellationToken), cancellationToken);

    private static Task<IResult> Resume(Guid id, HttpRequest http, OperatorDesk desk, CancellationToken cancellationToken) =>
        desk.Act<OperatorRequest>(id, http, (sagas, _, note) => sagas.Resume(id, note, cancellationToken), cancellationToken);

    private static Task<IResult> Extend(Guid id, HttpRequest http, OperatorDesk desk, CancellationToken cancellationToken) =>
        desk.Act<Extension>(
            id,
            http,
            (sagas, body, note) => sagas.Extend(id, body.Step, body.Until.ToUniversalTime(), note, cancellationToken),
            cancellationToken
        );

    private static Task<IResult> Cancel(Guid id, HttpRequest http, OperatorDesk desk, CancellationToken cancellationToken) =>
        desk.Act<OperatorRequest>(id, http, (sagas, _, note) => sagas.Cancel(id, note, cancellationToken), cancellationToken);

    private static RouteHandlerBuilder Describe<TBody>(RouteHandlerBuilder endpoint, string name, string summary)
        where TBody : OperatorRequest =>
        endpoint
            .WithName(name)
            .WithSummary(summary)
            .WithMetadata(new TakesIfMatch())
            .TakesBody<TBody>()
            .Produces<SagaStatus>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
}
