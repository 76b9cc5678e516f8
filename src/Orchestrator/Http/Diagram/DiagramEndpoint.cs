using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Explanations.Diagrams;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.Diagram;

internal static class DiagramEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/{id:guid}/diagram", Draw)
            .WithName("drawSaga")
            .WithSummary("A saga's steps as a picture, with where each stands")
            .WithDescription(DiagramAnswer.Description)
            .Produces<string>(StatusCodes.Status200OK, DiagramAnswer.Svg, DiagramAnswer.Mermaid)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status406NotAcceptable);

    private static async Task<IResult> Draw(
        Guid id,
        [Word("svg", "mermaid")] string? format,
        HttpContext http,
        SagaExplanations sagas,
        CancellationToken cancellationToken
    )
    {
        var (form, problem) = DiagramAnswer.FormOf(format, http.Request);
        if (form is null)
        {
            return problem!;
        }

        return await sagas.Explain(id, cancellationToken) is { } explained
            ? DiagramAnswer.Of(http, form, form == DiagramAnswer.Svg ? SvgDiagram.Of(explained) : MermaidDiagram.Of(explained))
            : Problem.UnknownSaga(id, ApiPaths.Of(http));
    }
}
