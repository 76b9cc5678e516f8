using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace SagaOrchestrator.Http.Requests;

/// <summary>How much a caller wants a media type: the header <c>Accept</c> (RFC 9110, section 12.5.1).</summary>
internal static class Acceptance
{
    /// <summary>From 0, not at all, to 1. Of several ranges the most specific counts. A header that is no list excludes nothing.</summary>
    public static double Of(StringValues accept, string mediaType)
    {
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(accept, out var ranges))
        {
            return 1;
        }

        var type = MediaTypeHeaderValue.Parse(mediaType);
        return ranges
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

    /// <summary>Of the media types that a caller takes the one that he wants most; null when he takes none. The first of equals.</summary>
    public static string? Best(StringValues accept, params IReadOnlyList<string> mediaTypes) =>
        mediaTypes.Where(type => Of(accept, type) > 0).MaxBy(type => Of(accept, type));
}
