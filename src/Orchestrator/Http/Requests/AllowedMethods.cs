using Microsoft.AspNetCore.Routing.Template;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Requests;

/// <summary>
/// Which methods a path takes. Routing says it without its constraints: it would allow to start what is an id. Asked for errors only.
/// </summary>
internal static class AllowedMethods
{
    /// <summary>The methods; none when there is nothing at the path.</summary>
    public static IReadOnlyList<string> Of(HttpContext http)
    {
        string[] methods =
        [
            .. http
                .RequestServices.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.GetMetadata<ApiRoute>() is not null)
                .Where(endpoint => endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null && Matches(endpoint, http))
                .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []),
        ];
        return methods.Length == 0
            ? []
            : [.. methods.Append(HttpMethods.Options).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static bool Matches(RouteEndpoint endpoint, HttpContext http)
    {
        var values = new RouteValueDictionary();
        var matcher = new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []);
        if (!matcher.TryMatch(http.Request.Path, values))
        {
            return false;
        }

        var policies = http.RequestServices.GetRequiredService<ParameterPolicyFactory>();
        return endpoint.RoutePattern.Parameters.All(parameter =>
            parameter
                .ParameterPolicies.Select(reference => policies.Create(parameter, reference))
                .OfType<IRouteConstraint>()
                .All(constraint => constraint.Match(http, route: null, parameter.Name, values, RouteDirection.IncomingRequest))
        );
    }
}
