using Microsoft.Net.Http.Headers;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Explanations.Diagrams;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Diagram;

internal static class DiagramEndpoint
{
    private const string Svg = "image/svg+xml";
    private const string Mermaid = "text/vnd.mermaid";

    // A picture that is opened by itself may do nothing but look as it does.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    public static void Map(RouteGroupBuilder api) => api.MapGet("/{id:guid}/diagram", Draw)
        .WithName("drawSaga")
        .WithSummary("A saga's steps as a picture, with where each stands")
        .WithDescription("SVG, or the text of a Mermaid flowchart: by Accept, or by ?format=svg or ?format=mermaid.")
        .Produces<string>(StatusCodes.Status200OK, Svg, Mermaid)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Draw(Guid id, string? format, HttpContext http, SagaExplanations sagas, CancellationToken cancellationToken)
    {
        var wanted = format switch
        {
            null => Preferred(http.Request),
            "svg" => Svg,
            "mermaid" => Mermaid,
            _ => null,
        };
        if (wanted is null)
        {
            return Problem.Invalid("format", "Give 'svg' or 'mermaid', or leave it out and say it with Accept.");
        }

        if (await sagas.Explain(id, cancellationToken) is not { } explained)
        {
            return Problem.UnknownSaga(id, ApiPaths.Of(http));
        }

        http.Response.Headers.Vary = HeaderNames.Accept;
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return wanted == Svg
            ? TypedResults.Text(SvgDiagram.Of(explained), Svg, System.Text.Encoding.UTF8)
            : TypedResults.Text(MermaidDiagram.Of(explained), Mermaid, System.Text.Encoding.UTF8);
    }

    // The door has let in who takes one of both.
    private static string Preferred(HttpRequest request) =>
        !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) || Quality(accepted, Svg) >= Quality(accepted, Mermaid)
            ? Svg : Mermaid;

    private static double Quality(IList<MediaTypeHeaderValue> accepted, string form)
    {
        var type = new MediaTypeHeaderValue(form);
        return accepted.Where(range => type.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
            .OrderByDescending(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2)
            .Select(range => range.Quality ?? 1).DefaultIfEmpty(0).First();
    }
}
