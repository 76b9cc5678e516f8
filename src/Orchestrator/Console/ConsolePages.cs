using SagaOrchestrator.Console.Api;
using SagaOrchestrator.Console.Hosting;
using SagaOrchestrator.Console.Pages;

namespace SagaOrchestrator.Console;

/// <summary>The pages, each with what a browser may do there.</summary>
internal static class ConsolePages
{
    // Nothing from elsewhere, nothing inline: no script, no style.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; "
        + "frame-ancestors 'none'";

    // The picture brings its own style sheet, inside an image that may do nothing else.
    private const string PicturePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    public static IEndpointConventionBuilder Map(WebApplication app)
    {
        var own = app.MapGroup(string.Empty);
        var pages = own.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        ((IEndpointConventionBuilder)pages).Finally(Guard);
        own.MapGet(SagaConsole.Path + "/sagas/{id:guid}/diagram.svg", Draw).ExcludeFromDescription();
        ((IEndpointConventionBuilder)own).Finally(Close);
        return own;
    }

    private static void Guard(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder { RequestDelegate: { } handler } route && IsPage(route))
        {
            endpoint.RequestDelegate = http =>
            {
                Secure(http.Response, Policy);
                return handler(http);
            };
        }
    }

    private static void Close(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is { } handler)
        {
            endpoint.RequestDelegate = LocalOnly.Around(handler);
        }
    }

    private static bool IsPage(RouteEndpointBuilder route) =>
        route.RoutePattern.RawText?.TrimStart('/').StartsWith(SagaConsole.Path[1..], StringComparison.Ordinal) == true;

    private static async Task<IResult> Draw(Guid id, HttpContext http, ApiClient api, CancellationToken cancellationToken)
    {
        Secure(http.Response, PicturePolicy);
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            return TypedResults.Text(await api.Diagram(id, cancellationToken), "image/svg+xml", System.Text.Encoding.UTF8);
        }
        catch (ApiFailureException failure)
        {
            return TypedResults.Problem(failure.Message, statusCode: failure.Status ?? StatusCodes.Status502BadGateway);
        }
    }

    private static void Secure(HttpResponse response, string policy)
    {
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "same-origin";
    }
}
