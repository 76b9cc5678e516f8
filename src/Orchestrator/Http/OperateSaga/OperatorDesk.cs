using System.Text.Json;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Http.GetSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Plans.Running;

namespace SagaOrchestrator.Http.OperateSaga;

/// <summary>Takes an operator's request: reads and checks it, carries it out, and answers with the saga's status.</summary>
internal sealed class OperatorDesk(SagaActor actor, ISagaStore store, PlanCatalogue plans, IntakeLimits limits)
{
    public async Task<IResult> Act<T>(
        Guid id, HttpRequest http, Func<T, OperatorAction> action, Func<T, OperatorInput> input, CancellationToken cancellationToken)
        where T : OperatorRequest
    {
        var read = await RequestBody.Read<T>(http, limits, cancellationToken);
        if (read.Value is not { } body)
        {
            return read.Problem!;
        }

        var result = (body as Resolution)?.Result;
        if (body is Resolution { Outcome: Resolution.Done } resolution && await Objection(id, resolution.Step, result, cancellationToken) is { } objection)
        {
            return Problem.Invalid([objection]);
        }

        return await actor.Act(id, input(body), result, action(body), cancellationToken) switch
        {
            null => Problem.UnknownSaga(id),
            { Refused: { } refused } => Problem.NotPossible(refused.Code, refused.Reason, id),
            var acted => TypedResults.Ok(SagaStatus.Of(acted.Saga)),
        };
    }

    // A compensation that was done by hand has no result; a step that was has the one that its participant would have answered with.
    private async Task<Refusal?> Objection(Guid id, string step, JsonElement? result, CancellationToken cancellationToken) =>
        (await store.Load(id, cancellationToken)).Saga is { } saga
        && saga.Progress.Find(step)?.State == Decisions.Progress.StepState.Executing
        && plans.TryGet(saga.Type, saga.PlanVersion) is { } plan
            ? ResultIntake.Objection(plan, step, result, limits, "result") : null;
}
