using System.Globalization;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Requests;

/// <summary>Keeps ids and saga types apart, which stand at the same place of a path, so that 404 and Allow are true.</summary>
internal static class IdRoutes
{
    /// <summary>The name of the constraint of a saga type in a path.</summary>
    public const string SagaType = "sagaType";

    public static void AddConstraint(IServiceCollection services) =>
        services.Configure<RouteOptions>(options => options.SetParameterPolicy<SagaTypeConstraint>(SagaType));

    /// <summary>Says of something that is no id that it is none, instead of that it may be started.</summary>
    public static void MapNoId(RouteGroupBuilder api) => api.MapGet("/{id}", (HttpContext http) => Problem.NoId(ApiPaths.Of(http))).ExcludeFromDescription();

    private sealed class SagaTypeConstraint : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            Convert.ToString(values[routeKey], CultureInfo.InvariantCulture) is { } value && value != Routes.SummaryName && !Guid.TryParse(value, out _);
    }
}
