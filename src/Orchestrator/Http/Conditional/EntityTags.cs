using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace SagaOrchestrator.Http.Conditional;

/// <summary>Entity tags, and the conditions that requests make with them (RFC 9110, sections 8.8.3 and 13.1).</summary>
internal static class EntityTags
{
    private const int HashBytes = 16;

    /// <summary>The tag of an answer that is known by its content alone. Weak: however it is compressed, it is the same.</summary>
    public static string OfContent(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return $"W/\"{Convert.ToHexStringLower(hash[..HashBytes])}\"";
    }

    /// <summary>The tag of a saga's status. Dead letters come and go without the saga, so they add a part of their own.</summary>
    public static string OfSaga(long version, string letters) =>
        letters.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $"\"{version}\"")
            : string.Create(CultureInfo.InvariantCulture, $"\"{version}-{letters}\"");

    /// <summary>Whether the caller has this answer already: <c>If-None-Match</c>.</summary>
    public static bool IsKnown(HttpRequest request, string etag)
    {
        var current = EntityTagHeaderValue.Parse(etag);
        return EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
            && known.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: false));
    }

    /// <summary>Whether <c>If-Match</c> can be read at all.</summary>
    public static bool IsReadable(StringValues ifMatch) => EntityTagHeaderValue.TryParseList(ifMatch, out var tags) && tags.Count > 0;

    /// <summary>The versions of a saga that <c>If-Match</c> names; null when any will do. A tag of something else matches none.</summary>
    public static IReadOnlyList<long>? Versions(HttpRequest request) =>
        !EntityTagHeaderValue.TryParseList(request.Headers.IfMatch, out var tags) || tags.Contains(EntityTagHeaderValue.Any)
            ? null
            : [.. tags.Where(tag => !tag.IsWeak).Select(Version).OfType<long>()];

    private static long? Version(EntityTagHeaderValue tag) =>
        long.TryParse(tag.Tag.AsSpan().Trim('"').ToString().Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;
}
