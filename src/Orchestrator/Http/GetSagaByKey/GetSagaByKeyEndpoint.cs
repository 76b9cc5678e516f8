using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.GetSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.GetSagaByKey;

internal static class GetSagaByKeyEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        GetSagaEndpoint
            .Describe(api.MapGet($"/{{type:{IdRoutes.KnownType}}}/{{businessKey}}", Get))
            .WithName("getSagaByKey")
            .WithSummary("One saga's status, by type and business key")
            .WithDescription(
                "The same as by id. The key is percent-encoded, a slash as %2F. Keys of dots alone cannot stand in a path: look them up "
                    + "with ?key= in the list."
            );

    // A saga's id follows from its type and key, so there is nothing to search.
    private static async Task<IResult> Get(
        string type,
        string businessKey,
        HttpContext http,
        SagaExplanations sagas,
        SagaDeadLetters deadLetters,
        CancellationToken cancellationToken
    ) =>
        await GetSagaEndpoint.Answer(
            SagaIds.OfSaga(type, RawPath.Segment(http, fromEnd: 1, businessKey)),
            http,
            sagas,
            deadLetters,
            cancellationToken
        ) ?? Problem.UnknownKey(type, ApiPaths.Of(http));
}
