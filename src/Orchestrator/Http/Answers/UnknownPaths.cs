using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.Answers;

/// <summary>Takes what no route takes, so that it is answered like the rest; and OPTIONS.</summary>
internal static class UnknownPaths
{
    public static void Map(IEndpointRouteBuilder routes, string path) =>
        routes
            .Map(path + "/{**rest}", NotFound)
            .WithMetadata(new UnknownPathMark())
            .WithAccess(SagaRole.Open)
            .ExcludeFromDescription()
            .WithOrder(int.MaxValue);

    // The words are added to it, as to every bare answer. OPTIONS is no method of any route, and tells the methods of all.
    private static Task NotFound(HttpContext http)
    {
        if (HttpMethods.IsOptions(http.Request.Method) && AllowedMethods.Of(http) is { Count: > 0 } methods)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            http.Response.Headers.Allow = string.Join(", ", methods);
            return Task.CompletedTask;
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
