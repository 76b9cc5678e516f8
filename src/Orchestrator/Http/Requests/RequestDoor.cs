using Microsoft.AspNetCore.Http.Features;
using SagaOrchestrator.Http.Conditional;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Requests;

/// <summary>What is the same for every route of the API, looked at before the route is entered, so that none can forget it.</summary>
internal static class RequestDoor
{
    private const string Errors = "application/problem+json";

    /// <summary>Why a request is not even looked at; null when it is.</summary>
    public static ProblemAnswer? TooLarge(HttpContext context)
    {
        var request = context.Request;
        if (UrlLength(context) > HttpLimits.Url)
        {
            return Problem.Of(ProblemTypes.UrlTooLong, $"At most {HttpLimits.Url} bytes are accepted.", ("limit", HttpLimits.Url));
        }

        if (request.Headers.Count > HttpLimits.HeaderCount || Size(request.Headers) > HttpLimits.Headers)
        {
            return Problem.Of(
                ProblemTypes.HeadersTooLarge,
                $"At most {HttpLimits.HeaderCount} headers and {HttpLimits.Headers} bytes of them are accepted.",
                ("limit", HttpLimits.Headers)
            );
        }

        return null;
    }

    /// <summary>What is wrong with a request; null when nothing is.</summary>
    public static ProblemAnswer? Objection(HttpContext context)
    {
        var request = context.Request;
        if (
            context.GetEndpoint() is not RouteEndpoint endpoint
            || endpoint.Metadata.GetMetadata<ApiRoute>() is not { IsChecked: true } route
        )
        {
            return null;
        }

        return Acceptance.Best(request.Headers.Accept, [.. WithErrors(route.Answers)]) is null
                ? Problem.Of(
                    ProblemTypes.NotAcceptable,
                    $"Answers are {string.Join(" or ", route.Answers)}, errors {Errors}. Accept them, or leave the header out."
                )
            : QueryParameters.Objections(endpoint, request.Query) is { Count: > 0 } errors ? Problem.Invalid(errors)
            : IfMatch(endpoint, request);
    }

    // Whoever sends a condition believes that it is kept.
    private static ProblemAnswer? IfMatch(RouteEndpoint endpoint, HttpRequest request)
    {
        if (request.Headers.IfMatch.Count == 0 || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return null;
        }

        return endpoint.Metadata.GetMetadata<TakesIfMatch>() is null
                ? Problem.Invalid("If-Match", "This route has no versions to compare. Leave the header out.")
            : EntityTags.IsReadable(request.Headers.IfMatch) ? null
            : Problem.Invalid("If-Match", "Give the ETag of the saga's status, in double quotes, or several, separated by commas.");
    }

    // As it came, before it was decoded.
    private static int UrlLength(HttpContext context) => context.Features.Get<IHttpRequestFeature>()?.RawTarget.Length ?? 0;

    private static int Size(IHeaderDictionary headers)
    {
        var size = 0;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                size += name.Length + (value?.Length ?? 0) + ": \r\n".Length;
            }
        }

        return size;
    }

    // Whoever takes JSON takes errors. So where an answer is something else, taking errors is not enough.
    private static IEnumerable<string> WithErrors(IReadOnlyList<string> answers) =>
        answers.Contains(ApiRoute.Json, StringComparer.Ordinal) ? answers.Append(Errors) : answers;
}
