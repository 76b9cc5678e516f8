using Microsoft.AspNetCore.Diagnostics;
using SagaOrchestrator.Host.Operations.Requests;

namespace SagaOrchestrator.Host.Operations.Problems;

/// <summary>Gives words to answers that the framework left without: unknown paths, methods that a path does not take, media types.</summary>
internal static class BareAnswers
{
    public static Task Fill(StatusCodeContext context) => Of(context.HttpContext).ExecuteAsync(context.HttpContext);

    private static ProblemAnswer Of(HttpContext http)
    {
        var status = http.Response.StatusCode;
        return status switch
        {
            StatusCodes.Status404NotFound when HasNoId(http.Request.Path) => Problem.NoId(),
            StatusCodes.Status404NotFound => Problem.Of(ProblemTypes.UnknownPath, $"The sagas are at {Routes.Sagas}; all paths are in /openapi/v1.json."),
            StatusCodes.Status405MethodNotAllowed => Problem.Of(ProblemTypes.MethodNotAllowed, $"The path takes: {http.Response.Headers.Allow}."),
            StatusCodes.Status413PayloadTooLarge => Problem.TooLarge(HttpLimits.Body),
            StatusCodes.Status415UnsupportedMediaType => RequestBody.NotJson(),
            _ => Problem.Of(ProblemTypes.OfStatus(status), status, ProblemTypes.OfStatus(status).NextMove),
        };
    }

    // /api/v1/sagas/{something}/...: where an id is wanted, and is none.
    private static bool HasNoId(PathString path) =>
        path.StartsWithSegments(Routes.Sagas, StringComparison.OrdinalIgnoreCase, out var rest)
        && rest.Value?.Split('/') is ["", { Length: > 0 } id, { Length: > 0 }] && !Guid.TryParse(id, out _);
}
