using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.Diagram;

/// <summary>A picture as SVG or as the text of a Mermaid flowchart, whichever the caller wants.</summary>
internal static class DiagramAnswer
{
    public const string Svg = "image/svg+xml";
    public const string Mermaid = "text/vnd.mermaid";
    public const string Description = "SVG, or the text of a Mermaid flowchart: by Accept, or by ?format=svg or ?format=mermaid.";

    // A picture that is opened by itself may do nothing but look as it does.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    /// <summary>Which of both; or the problem, when that cannot be said.</summary>
    public static (string? Form, ProblemAnswer? Problem) FormOf(string? format, HttpRequest request) =>
        format is not (null or "svg" or "mermaid")
            ? (null, Problems.Problem.Invalid("format", "Give 'svg' or 'mermaid', or leave it out and say it with Accept."))
            : (Wanted(format, request), null);

    public static IResult Of(HttpContext http, string form, string picture)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Text(picture, form, System.Text.Encoding.UTF8);
    }

    // What the path says counts before what the header prefers. A caller who takes neither was refused before.
    private static string Wanted(string? format, HttpRequest request) =>
        format switch
        {
            "svg" => Svg,
            "mermaid" => Mermaid,
            _ => Acceptance.Best(request.Headers.Accept, Svg, Mermaid) ?? Svg,
        };
}
