using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Answers;

/// <summary>
/// What every answer tells a browser: to take it for what it says it is, to run nothing of it, and to keep nothing of it.
/// </summary>
internal static class AnswerHeaders
{
    private const string Data = "default-src 'none'; frame-ancestors 'none'";

    // The UI of the description brings scripts and styles of its own, and some styles in its markup.
    private const string Pages =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    /// <summary>They are added as the answer begins, because an answer that turns into an error is emptied before.</summary>
    public static void Promise(HttpContext http) =>
        http.Response.OnStarting(
            static state =>
            {
                Add((HttpContext)state);
                return Task.CompletedTask;
            },
            http
        );

    private static void Add(HttpContext http)
    {
        var headers = http.Response.Headers;
        var isPage = http.Response.ContentType?.StartsWith("text/", StringComparison.Ordinal) == true && UiMark.IsOn(http);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = isPage ? Pages : Data;
        }
    }
}

/// <summary>Marks the pages of the description's UI.</summary>
internal sealed class UiMark
{
    public static bool IsOn(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<UiMark>() is not null;
}
