using Microsoft.AspNetCore.Http.Features;

namespace SagaOrchestrator.Http.Requests;

/// <summary>
/// The path as it came. The server decodes all of a path but slashes, so that a slash and its code could not be told apart.
/// </summary>
internal static class RawPath
{
    /// <param name="http">The request.</param>
    /// <param name="fromEnd">1 for the last segment.</param>
    /// <param name="decoded">The answer when the path has no such segment.</param>
    public static string Segment(HttpContext http, int fromEnd, string decoded)
    {
        var segments = (http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? string.Empty).Split('?')[0].Split('/');
        return segments.Length > fromEnd ? Uri.UnescapeDataString(segments[^fromEnd]) : decoded;
    }
}
