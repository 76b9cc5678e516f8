using Microsoft.Net.Http.Headers;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Answers;

/// <summary>
/// What may keep an answer. A read may be kept by the caller, who asks each time whether it is still so; everything else by nobody. A route
/// that knows better says so itself.
/// </summary>
internal static class CachingHeaders
{
    private const string AskAgain = "private, no-cache";
    private const string KeepNothing = "no-store";
    private static readonly string OnEncoding = HeaderNames.AcceptEncoding;
    private static readonly string OnBoth = $"{HeaderNames.Accept}, {HeaderNames.AcceptEncoding}";

    public static void Apply(HttpContext http, ApiRoute route)
    {
        // The pages of the description's UI say it themselves.
        if (UiMark.IsOn(http))
        {
            return;
        }

        var headers = http.Response.Headers;
        if (route.IsChecked && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
        {
            headers.CacheControl = AskAgain;
            headers.Vary = route.Answers.Count > 1 ? OnBoth : OnEncoding;
        }
        else
        {
            headers.CacheControl = KeepNothing;
        }
    }
}
