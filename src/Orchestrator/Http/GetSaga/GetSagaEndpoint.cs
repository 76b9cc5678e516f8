using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.GetSaga;

internal static class GetSagaEndpoint
{
    private const int MostLetters = 20;

    public static void Map(RouteGroupBuilder api) =>
        Describe(api.MapGet("/{id:guid}", Get))
            .WithName("getSaga")
            .WithSummary("One saga's status")
            .WithDescription(
                "Steps, errors, timers, verdict, what can be done, and links. The ETag changes with every change of the saga and of its "
                    + "dead letters; send it as If-None-Match to get 304."
            );

    /// <summary>What a route answers that gives a saga's status.</summary>
    public static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint) =>
        endpoint.Produces<SagaStatus>().Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>The saga's status, or that it has not changed; null when there is no such saga.</summary>
    public static async Task<IResult?> Answer(
        Guid id,
        HttpContext http,
        SagaExplanations sagas,
        SagaDeadLetters deadLetters,
        CancellationToken cancellationToken
    )
    {
        var letters = await deadLetters.OfSaga(id, MostLetters, cancellationToken);
        var isKnown = false;
        if (await sagas.Get(id, version => isKnown = IsKnown(http, EtagOf(version, letters)), cancellationToken) is not { } found)
        {
            return null;
        }

        http.Response.Headers.ETag = EtagOf(found.Saga.Version, letters);
        return isKnown
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : ApiJson.Answer(SagaStatus.Of(found.Saga, ApiPaths.Of(http), found.Explanation, letters));
    }

    private static async Task<IResult> Get(
        Guid id,
        HttpContext http,
        SagaExplanations sagas,
        SagaDeadLetters deadLetters,
        CancellationToken cancellationToken
    ) => await Answer(id, http, sagas, deadLetters, cancellationToken) ?? Problem.UnknownSaga(id, ApiPaths.Of(http));

    // Dead letters come and go without the saga.
    private static string EtagOf(long version, IReadOnlyList<SagaDeadLetter> letters) =>
        letters.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"\"{version}\"")
            : string.Create(CultureInfo.InvariantCulture, $"\"{version}-{letters.Count}-{letters[0].Id:N}-{letters[^1].Id:N}\"");

    private static bool IsKnown(HttpContext http, string etag) => IsKnown(http.Request.Headers.IfNoneMatch, new EntityTagHeaderValue(etag));

    private static bool IsKnown(StringValues ifNoneMatch, EntityTagHeaderValue current) =>
        EntityTagHeaderValue.TryParseList(ifNoneMatch, out var known)
        && known.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: false));
}
