namespace SagaOrchestrator.Http.Access;

/// <summary>What a route asks of its caller.</summary>
internal enum SagaRole
{
    /// <summary>Nothing: health, the description, and paths that are not there.</summary>
    Open,

    /// <summary>To be known, whatever his roles.</summary>
    Known,

    /// <summary>Sees sagas and everything about them.</summary>
    Read,

    /// <summary>Starts sagas and signals them.</summary>
    Start,

    /// <summary>Acts on sagas, breakers, bulk jobs and dead letters.</summary>
    Operate,

    /// <summary>Sees what is encrypted of sagas.</summary>
    Sensitive,

    /// <summary>Gets the wrapped keys of subjects, as a participant.</summary>
    Keys,

    /// <summary>May do everything.</summary>
    Administer,
}

/// <summary>Marks a route with what it asks of its caller. A route without it lets in nobody but those who may do everything.</summary>
internal sealed record RouteAccess(SagaRole Role)
{
    public static SagaRole Of(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>()?.Role ?? SagaRole.Administer;
}

internal static class RouteAccessExtensions
{
    public static TBuilder WithAccess<TBuilder>(this TBuilder routes, SagaRole role)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new RouteAccess(role));
}
