using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.GetSaga;

internal static class GetSagaEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/{id:guid}", Get)
        .WithName("getSaga")
        .WithSummary("One saga's status")
        .WithDescription("Steps, errors and links. The ETag changes with every change of the saga; send it as If-None-Match to get 304.")
        .Produces<SagaStatus>()
        .Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Get(Guid id, HttpContext http, SagaReader sagas, CancellationToken cancellationToken)
    {
        if (await sagas.Get(id, cancellationToken) is not { } saga)
        {
            return Problem.UnknownSaga(id, ApiPaths.Of(http));
        }

        var etag = string.Create(CultureInfo.InvariantCulture, $"\"{saga.Version}\"");
        http.Response.Headers.ETag = etag;
        return IsKnown(http.Request.Headers.IfNoneMatch, new EntityTagHeaderValue(etag))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : ApiJson.Answer(SagaStatus.Of(saga, ApiPaths.Of(http)));
    }

    private static bool IsKnown(StringValues ifNoneMatch, EntityTagHeaderValue current) =>
        EntityTagHeaderValue.TryParseList(ifNoneMatch, out var known)
        && known.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: false));
}
