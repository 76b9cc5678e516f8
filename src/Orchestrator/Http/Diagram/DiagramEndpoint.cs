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

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/{id:guid}/diagram", Draw)
            .WithName("drawSaga")
            .WithSummary("A saga's steps as a picture, with where each stands")
            .WithDescription("SVG, or the text of a Mermaid flowchart: by Accept, or by ?format=svg or ?format=mermaid.")
            .Produces<string>(StatusCodes.Status200OK, Svg, Mermaid)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status406NotAcceptable);

    private static async Task<IResult> Draw(
        Guid id,
        string? format,
        HttpContext http,
        SagaExplanations sagas,
        CancellationToken cancellationToken
    )
    {
        if (format is not (null or "svg" or "mermaid"))
        {
            return Problem.Invalid("format", "Give 'svg' or 'mermaid', or leave it out and say it with Accept.");
        }

        if (FormOf(format, http.Request) is not { } form)
        {
            return Problem.Of(ProblemTypes.NotAcceptable, $"Answers are {Svg} or {Mermaid}. Accept one of them, or leave the header out.");
        }

        if (await sagas.Explain(id, cancellationToken) is not { } explained)
        {
            return Problem.UnknownSaga(id, ApiPaths.Of(http));
        }

        http.Response.Headers.Vary = HeaderNames.Accept;
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return form == Svg
            ? TypedResults.Text(SvgDiagram.Of(explained), Svg, System.Text.Encoding.UTF8)
            : TypedResults.Text(MermaidDiagram.Of(explained), Mermaid, System.Text.Encoding.UTF8);
    }

    // Null when the caller takes neither. What the path says counts before what the header prefers.
    private static string? FormOf(string? format, HttpRequest request)
    {
        if (format is not null)
        {
            return format == "svg" ? Svg : Mermaid;
        }

        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return Svg;
        }

        var (svg, mermaid) = (Quality(accepted, Svg), Quality(accepted, Mermaid));
        return svg == 0 && mermaid == 0 ? null
            : svg >= mermaid ? Svg
            : Mermaid;
    }

    private static double Quality(IList<MediaTypeHeaderValue> accepted, string form)
    {
        var type = new MediaTypeHeaderValue(form);
        return accepted
            .Where(range => type.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
            .OrderByDescending(range =>
                range.MatchesAllTypes ? 0
                : range.MatchesAllSubTypes ? 1
                : 2
            )
            .Select(range => range.Quality ?? 1)
            .DefaultIfEmpty(0)
            .First();
    }
}
