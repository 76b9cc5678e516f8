namespace SagaOrchestrator.Http.Requests;

/// <summary>Routes that take a body.</summary>
internal static class BodyRoutes
{
    /// <summary>
    /// Maps one. What it accepts is for its description: with another media type, or none, routing would pass it by, and nobody would say
    /// why. So the same handler stands behind it for every media type, and whoever reads the body refuses it in words.
    /// </summary>
    public static RouteHandlerBuilder MapBody(this IEndpointRouteBuilder api, string pattern, Delegate handler)
    {
        api.MapPost(pattern, handler).ExcludeFromDescription().WithOrder(1);
        return api.MapPost(pattern, handler);
    }

    /// <summary>Describes the body that one takes, and how one is refused that is too large or of another media type.</summary>
    public static RouteHandlerBuilder TakesBody<TBody>(this RouteHandlerBuilder endpoint)
        where TBody : notnull =>
        endpoint
            .Accepts<TBody>("application/json")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
}
