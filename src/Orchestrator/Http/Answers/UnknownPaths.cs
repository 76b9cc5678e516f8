using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Answers;

/// <summary>Takes what no route takes, so that it is answered like the rest.</summary>
internal static class UnknownPaths
{
    public static void Map(IEndpointRouteBuilder routes, string path) =>
        routes
            .Map(path + "/{**rest}", NotFound)
            .WithMetadata(new UnknownPathMark())
            .WithAccess(SagaRole.Open)
            .ExcludeFromDescription()
            .WithOrder(int.MaxValue);

    // The words are added to it, as to every bare answer.
    private static Task NotFound(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
