using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Http.Requests;

/// <summary>
/// The query parameters of a route follow from its handler. Others are refused, and so are those that come twice or without a value.
/// </summary>
internal static class QueryParameters
{
    private const int MostErrors = 10;

    public static IReadOnlyList<FieldError> Objections(RouteEndpoint endpoint, IQueryCollection query)
    {
        if (query.Count == 0)
        {
            return [];
        }

        var known = Of(endpoint);
        var prefixed = endpoint.Metadata.GetMetadata<TakesPrefixed>();
        return
        [
            .. query
                .Select(parameter => Objection(parameter.Key, parameter.Value, known, prefixed?.Takes(parameter.Key) == true))
                .OfType<FieldError>()
                .Take(MostErrors),
        ];
    }

    /// <summary>What the handler takes and the path does not give.</summary>
    public static IReadOnlyList<string> Of(RouteEndpoint endpoint) =>
        [
            .. endpoint
                .Metadata.OfType<IParameterBindingMetadata>()
                .Where(parameter => IsFromText(parameter) && endpoint.RoutePattern.GetParameter(parameter.Name) is null)
                .Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name))
                .Except(endpoint.Metadata.GetMetadata<TakesNot>()?.Names ?? []),
        ];

    private static bool IsFromText(IParameterBindingMetadata parameter) =>
        parameter.ParameterInfo.ParameterType == typeof(string) || parameter.HasTryParse;

    private static FieldError? Objection(
        string name,
        Microsoft.Extensions.Primitives.StringValues values,
        IReadOnlyList<string> known,
        bool isPrefixed
    )
    {
        if (!isPrefixed && !known.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return new FieldError(
                name,
                known.Count == 0
                    ? "This route takes no query parameters."
                    : $"There is no such query parameter. Those of this route: {string.Join(", ", known)}."
            );
        }

        return values switch
        {
            { Count: > 1 } => new FieldError(name, "The query parameter comes more than once. Give it once."),
            [null or ""] => new FieldError(name, "The query parameter has no value. Give one, or leave it out."),
            _ => null,
        };
    }
}
