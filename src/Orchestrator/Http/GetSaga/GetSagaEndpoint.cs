using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.GetSaga;

internal static class GetSagaEndpoint
{
    public static void Map(RouteGroupBuilder api) => Describe(api.MapGet("/{id:guid}", Get))
        .WithName("getSaga")
        .WithSummary("One saga's status")
        .WithDescription(
            "Steps, errors, timers, verdict, what can be done, and links. The ETag changes with every change of the saga; send it as " +
            "If-None-Match to get 304.");

    /// <summary>What a route answers that gives a saga's status.</summary>
    public static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint) => endpoint
        .Produces<SagaStatus>()
        .Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>The saga's status, or that it has not changed; null when there is no such saga.</summary>
    public static async Task<IResult?> Answer(Guid id, HttpContext http, SagaExplanations sagas, CancellationToken cancellationToken)
    {
        var isKnown = false;
        if (await sagas.Get(id, version => isKnown = IsKnown(http, version), cancellationToken) is not { } found)
        {
            return null;
        }

        http.Response.Headers.ETag = EtagOf(found.Saga.Version);
        return isKnown
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : ApiJson.Answer(SagaStatus.Of(found.Saga, ApiPaths.Of(http), found.Explanation));
    }

    private static async Task<IResult> Get(Guid id, HttpContext http, SagaExplanations sagas, CancellationToken cancellationToken) =>
        await Answer(id, http, sagas, cancellationToken) ?? Problem.UnknownSaga(id, ApiPaths.Of(http));

    private static string EtagOf(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static bool IsKnown(HttpContext http, long version) =>
        IsKnown(http.Request.Headers.IfNoneMatch, new EntityTagHeaderValue(EtagOf(version)));

    private static bool IsKnown(StringValues ifNoneMatch, EntityTagHeaderValue current) =>
        EntityTagHeaderValue.TryParseList(ifNoneMatch, out var known)
        && known.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: false));
}
