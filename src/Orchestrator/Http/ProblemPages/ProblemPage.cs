using System.Text.Encodings.Web;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.ProblemPages;

/// <summary>A page about kinds of error answers. It brings nothing along and runs nothing.</summary>
internal static class ProblemPage
{
    public static string Of(IReadOnlyList<ProblemType> types, ApiPaths paths) =>
        $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{TitleOf(types)}</title></head>
            <body>
            {string.Join('\n', types.Select(type => Article(type, paths)))}
            <p><a href="{paths.Base}{Routes.Problems}">All problems</a></p>
            </body>
            </html>

            """;

    private static string TitleOf(IReadOnlyList<ProblemType> types) => types is [var type] ? Encoded(type.Title) : "Problems";

    private static string Article(ProblemType type, ApiPaths paths) =>
        $"""
            <article>
            <h1><a href="{paths.Base}{type.Path}">{type.Name}</a> ({type.Status})</h1>
            <p>{Encoded(type.Title)}</p>
            <p>{Encoded(type.NextMove)}</p>
            </article>
            """;

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
