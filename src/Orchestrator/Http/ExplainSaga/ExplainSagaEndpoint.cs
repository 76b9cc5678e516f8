using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.ExplainSaga;

internal static class ExplainSagaEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/{id:guid}/explain", Explain)
            .WithName("explainSaga")
            .WithSummary("What a saga does and why, what comes next, and what can be done")
            .WithDescription(
                "In data and in sentences: what it waits for and since when, how the queue stands that holds the command, the "
                    + "timers and what each will do, what would be undone if it failed now, each move of an operator with what it "
                    + "would do or why it is refused, and the verdict on an ended saga."
            )
            .Produces<SagaExplanation>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Explain(Guid id, HttpContext http, SagaExplanations sagas, CancellationToken cancellationToken) =>
        await sagas.Explain(id, cancellationToken) is { } explained
            ? ApiJson.Answer(explained)
            : Problem.UnknownSaga(id, ApiPaths.Of(http));
}
