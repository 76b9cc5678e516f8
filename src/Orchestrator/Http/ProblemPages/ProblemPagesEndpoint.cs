using Microsoft.AspNetCore.Http.HttpResults;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.ProblemPages;

/// <summary>What the types of error answers lead to: a page for people, or the same for programs.</summary>
internal static class ProblemPagesEndpoint
{
    private const string Html = "text/html";

    // Behind what the host itself has at these paths.
    private const int Late = 1000;

    public static void Map(RouteGroupBuilder reads)
    {
        reads
            .MapGet("/", List)
            .WithName("listProblems")
            .WithSummary("Every kind of error answer")
            .WithDescription("As HTML for people, as JSON for programs.")
            .Produces<ProblemList>(contentType: ApiRoute.Json, additionalContentTypes: Html)
            .WithOrder(Late);
        reads
            .MapGet("/{code}", Get)
            .WithName("getProblem")
            .WithSummary("One kind of error answer: what it means, and what to do")
            .WithDescription("The 'type' of each error answer leads here. As HTML for people, as JSON for programs.")
            .Produces<ProblemItem>(contentType: ApiRoute.Json, additionalContentTypes: Html)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithOrder(Late);
    }

    private static IResult List(HttpContext http)
    {
        var paths = ApiPaths.Of(http);
        return IsForPeople(http)
            ? Page(http, ProblemPage.Of(ProblemTypes.All, paths))
            : ApiJson.Answer(new ProblemList([.. ProblemTypes.All.Select(type => ProblemItem.Of(type, paths))]));
    }

    private static IResult Get(string code, HttpContext http)
    {
        var paths = ApiPaths.Of(http);
        return ProblemTypes.All.FirstOrDefault(known => known.Name == code) switch
        {
            null => Problem.Of(
                ProblemTypes.UnknownPath,
                $"There is no problem of this code; GET {paths.Base}{Routes.Problems} lists them."
            ),
            var type when IsForPeople(http) => Page(http, ProblemPage.Of([type], paths)),
            var type => ApiJson.Answer(ProblemItem.Of(type, paths)),
        };
    }

    private static bool IsForPeople(HttpContext http) => Acceptance.Best(http.Request.Headers.Accept, ApiRoute.Json, Html) == Html;

    private static ContentHttpResult Page(HttpContext http, string page)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Text(page, Html, System.Text.Encoding.UTF8);
    }
}

/// <summary>Kinds of error answers.</summary>
/// <param name="Items">All of them.</param>
internal sealed record ProblemList(IReadOnlyList<ProblemItem> Items);

/// <summary>One kind of error answer.</summary>
/// <param name="Code">What programs switch on. It does not change.</param>
/// <param name="Status">The HTTP status that it comes with.</param>
/// <param name="Title">What it means.</param>
/// <param name="NextMove">What to do.</param>
/// <param name="Links">Where it is.</param>
internal sealed record ProblemItem(string Code, int Status, string Title, string NextMove, SelfLinks Links)
{
    public static ProblemItem Of(ProblemType type, ApiPaths paths) =>
        new(type.Name, type.Status, type.Title, type.NextMove, new SelfLinks(paths.Base + type.Path));
}
