using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Http.Answers;

/// <summary>
/// Gives words to answers that the framework left without: unknown paths, methods that a path does not take, media types.
/// </summary>
internal static class BareAnswers
{
    /// <summary>Whether it is an error without a word.</summary>
    public static bool IsBare(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400 and < 600, ContentLength: null } && string.IsNullOrEmpty(response.ContentType);

    public static Task Fill(HttpContext http) => Of(http).ExecuteAsync(http);

    private static ProblemAnswer Of(HttpContext http)
    {
        var status = http.Response.StatusCode;
        if (status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)
        {
            return NotFound(http, AllowedMethods.Of(http));
        }

        return status switch
        {
            StatusCodes.Status413PayloadTooLarge => Problem.TooLarge(http.RequestServices.GetRequiredService<IntakeLimits>().StartBytes),
            StatusCodes.Status415UnsupportedMediaType => RequestBody.NotJson(),
            _ => Problem.Of(ProblemTypes.OfStatus(status), status, ProblemTypes.OfStatus(status).NextMove),
        };
    }

    private static ProblemAnswer NotFound(HttpContext http, IReadOnlyList<string> allowed)
    {
        http.Response.Headers.Remove("Allow");
        var paths = ApiPaths.Of(http);
        if (allowed.Count == 0 || allowed.Contains(http.Request.Method))
        {
            return HasNoId(http.Request.Path, paths)
                ? Problem.NoId(paths)
                : Problem.Of(ProblemTypes.UnknownPath, $"The sagas are at {paths.Sagas}; all paths are in {paths.Base}/openapi/v1.json.");
        }

        http.Response.Headers.Allow = string.Join(", ", allowed);
        return Problem.Of(ProblemTypes.MethodNotAllowed, $"The path takes: {http.Response.Headers.Allow}.");
    }

    // /api/v1/sagas/{something}/...: where an id is wanted, and is none.
    private static bool HasNoId(PathString path, ApiPaths paths) =>
        path.StartsWithSegments(paths.Prefix.Add(Routes.Sagas), StringComparison.OrdinalIgnoreCase, out var rest)
        && rest.Value?.Split('/') is ["", { Length: > 0 } id, { Length: > 0 }]
        && !Guid.TryParse(id, out _);
}
