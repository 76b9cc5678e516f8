using SagaOrchestrator.Http.Access;

namespace SagaOrchestrator.Http.Answers;

/// <summary>
/// Lets pages of other origins read answers where <c>Auth:AllowedOrigins</c> names them, and nobody else. They send a token or a key: no
/// cookie ever counts for the API.
/// </summary>
internal static class CrossOrigin
{
    private const string Methods = "GET, HEAD, POST";
    private const string Sent = "authorization, content-type, idempotency-key, if-match, if-none-match, last-event-id, x-api-key";
    private const string Read = "ETag, Location, RateLimit, RateLimit-Policy, Retry-After";
    private const string Seconds = "600";

    /// <summary>Names the origin in the answer.</summary>
    /// <returns>Whether the request was a browser's question, which is answered with it.</returns>
    public static bool Answers(HttpContext http, AccessSettings settings)
    {
        if (settings.AllowedOrigins.Count == 0 || http.Request.Headers.Origin is not [{ Length: > 0 } origin])
        {
            return false;
        }

        var isAllowed = settings.AllowedOrigins.Contains(origin, StringComparer.Ordinal);
        http.Response.OnStarting(() => Name(http.Response.Headers, isAllowed ? origin : null));
        if (!isAllowed || !HttpMethods.IsOptions(http.Request.Method) || http.Request.Headers.AccessControlRequestMethod.Count == 0)
        {
            return false;
        }

        var headers = http.Response.Headers;
        (headers.AccessControlAllowMethods, headers.AccessControlAllowHeaders, headers.AccessControlMaxAge) = (Methods, Sent, Seconds);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }

    // Whether it is named or not, a cache must not give the answer to another origin.
    private static Task Name(IHeaderDictionary headers, string? origin)
    {
        headers.Append("Vary", "Origin");
        if (origin is not null)
        {
            (headers.AccessControlAllowOrigin, headers.AccessControlExposeHeaders) = (origin, Read);
        }

        return Task.CompletedTask;
    }
}
