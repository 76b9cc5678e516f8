using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;

namespace SagaOrchestrator.Http.Problems;

/// <summary>Marks the API's own routes. Whatever the API does to a request, it does for these alone.</summary>
/// <param name="PrefixSegments">How many segments of the path are the prefix under which the host has mapped the API.</param>
/// <param name="IsChecked">Whether <c>Accept</c> and query parameters are checked: not for the UI, health and unknown paths.</param>
/// <param name="Answers">The media types of its answers.</param>
internal sealed record ApiRoute(int PrefixSegments, bool IsChecked, IReadOnlyList<string> Answers)
{
    /// <summary>The media type of what is not said otherwise.</summary>
    public const string Json = "application/json";

    private static readonly string?[] Beginnings = ["api", "health", "openapi", "problems", "swagger"];

    public static ApiRoute Of(RouteEndpointBuilder route)
    {
        var segments = route.RoutePattern.PathSegments;
        var own = Enumerable.Range(0, segments.Count).LastOrDefault(index => Beginnings.Contains(Literal(segments[index])), -1);
        var prefix = own >= 0 ? own : segments.Count(segment => segment.Parts is not [RoutePatternParameterPart { IsCatchAll: true }]);
        return new ApiRoute(
            prefix,
            own >= 0 && Literal(segments[own]) is "api" or "problems" or "openapi" && !route.Metadata.OfType<UnknownPathMark>().Any(),
            AnswersOf(route)
        );
    }

    private static string[] AnswersOf(RouteEndpointBuilder route) =>
        [
            .. route
                .Metadata.OfType<IProducesResponseTypeMetadata>()
                .Where(answer => answer.StatusCode == StatusCodes.Status200OK)
                .SelectMany(answer => answer.ContentTypes)
                .DefaultIfEmpty(Json)
                .Distinct(StringComparer.Ordinal),
        ];

    private static string? Literal(RoutePatternPathSegment segment) =>
        segment.Parts is [RoutePatternLiteralPart literal] ? literal.Content : null;
}

/// <summary>Marks the routes that take what no other does.</summary>
internal sealed class UnknownPathMark;
