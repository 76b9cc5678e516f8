using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Answers;
using SagaOrchestrator.Http.GraphQl;
using SagaOrchestrator.Http.GraphQl.Limits;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator.Http;

/// <summary>The reads of the API in GraphQL, in an ASP.NET Core application that has the API.</summary>
public static class SagaGraphQl
{
    /// <summary>
    /// Adds what GraphQL needs, beside <see cref="SagaApi.AddSagaApi"/>. Settings are read from the section <c>GraphQl</c>. What the host
    /// has of GraphQL it leaves as it is.
    /// </summary>
    /// <param name="services">The host's container.</param>
    /// <param name="configuration">The host's settings.</param>
    public static void AddSagaGraphQl(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.Read<GraphQlSettings>("GraphQl"));
        services.AddSingleton<GraphQlEngine>();
    }

    /// <summary>
    /// Maps <c>/api/v1/graphql</c> and its schema, beside <see cref="SagaApi.MapSagaApi"/> and under the same prefix. Who may read, how
    /// often and for how long, is the same as for the reads of the API.
    /// <code>
    /// app.MapSagaApi();
    /// app.MapSagaGraphQl();
    /// </code>
    /// </summary>
    /// <param name="routes">The application, or a group of its routes.</param>
    /// <returns>Takes conventions for these routes.</returns>
    public static IEndpointConventionBuilder MapSagaGraphQl(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var own = routes.MapOwn();
        GraphQlEndpoint.Map(own.MapGroup(Routes.GraphQl).WithTags("GraphQL").WithAccess(SagaRole.Read).WithReadDeadline());
        UnknownPaths.Map(own, Routes.GraphQl);
        return own;
    }
}
