using System.Globalization;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Http.Conditional;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.GetSaga;

internal static class GetSagaEndpoint
{
    public const int MostLetters = 20;

    public static void Map(RouteGroupBuilder api) =>
        Describe(api.MapGet("/{id:guid}", Get))
            .WithName("getSaga")
            .WithSummary("One saga's status")
            .WithDescription(
                "Steps, errors, timers, verdict, what can be done, and links. The ETag changes with every change of the saga and of its "
                    + "dead letters; send it as If-None-Match to get 304, or as If-Match with an action."
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
        bool IsKnown(long version) => EntityTags.IsKnown(http.Request, EtagOf(version, letters));
        if (await sagas.Get(id, IsKnown, cancellationToken) is not { } found)
        {
            return null;
        }

        http.Response.Headers.ETag = EtagOf(found.Saga.Version, letters);
        return ApiJson.Answer(SagaStatus.Of(found.Saga, ApiPaths.Of(http), found.Explanation, letters));
    }

    private static async Task<IResult> Get(
        Guid id,
        HttpContext http,
        SagaExplanations sagas,
        SagaDeadLetters deadLetters,
        CancellationToken cancellationToken
    ) => await Answer(id, http, sagas, deadLetters, cancellationToken) ?? Problem.UnknownSaga(id, ApiPaths.Of(http));

    private static string EtagOf(long version, IReadOnlyList<SagaDeadLetter> letters) =>
        EntityTags.OfSaga(
            version,
            letters.Count == 0
                ? string.Empty
                : string.Create(CultureInfo.InvariantCulture, $"{letters.Count}-{letters[0].Id:N}-{letters[^1].Id:N}")
        );
}
