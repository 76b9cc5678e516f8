using System.Globalization;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Requests;

/// <summary>Keeps ids and saga types apart, which stand at the same place of a path, so that 404 and Allow are true.</summary>
internal static class IdRoutes
{
    /// <summary>The name of the constraint of a saga type in a path.</summary>
    public const string SagaType = "sagaType";

    /// <summary>The name of the constraint of a saga type that this node knows: beside it, what follows is a business key.</summary>
    public const string KnownType = "knownSagaType";

    public static void AddConstraints(IServiceCollection services) =>
        services.Configure<RouteOptions>(options =>
        {
            options.SetParameterPolicy<SagaTypeConstraint>(SagaType);
            options.SetParameterPolicy<KnownTypeConstraint>(KnownType);
        });

    /// <summary>Says of something that is no id that it is none, instead of that it may be started. A type can be started only.</summary>
    public static void MapNoId(RouteGroupBuilder api) =>
        api.MapGet(
                "/{id}",
                IResult (string id, HttpContext http, PlanCatalogue plans) =>
                    plans.Find(id) is null
                        ? Problem.NoId(ApiPaths.Of(http))
                        : TypedResults.StatusCode(StatusCodes.Status405MethodNotAllowed)
            )
            .ExcludeFromDescription();

    private sealed class SagaTypeConstraint : IRouteConstraint
    {
        public bool Match(
            HttpContext? httpContext,
            IRouter? route,
            string routeKey,
            RouteValueDictionary values,
            RouteDirection routeDirection
        ) =>
            Convert.ToString(values[routeKey], CultureInfo.InvariantCulture) is { } value
            && value is not (Routes.SummaryName or Routes.ExportName or Routes.EventsName)
            && !Guid.TryParse(value, out _);
    }

    // So that a mistyped id is called one, whatever stands after it.
    private sealed class KnownTypeConstraint : IRouteConstraint
    {
        public bool Match(
            HttpContext? httpContext,
            IRouter? route,
            string routeKey,
            RouteValueDictionary values,
            RouteDirection routeDirection
        ) =>
            Convert.ToString(values[routeKey], CultureInfo.InvariantCulture) is { } value
            && httpContext?.RequestServices.GetRequiredService<PlanCatalogue>().Find(value) is not null;
    }
}
