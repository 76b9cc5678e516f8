using Microsoft.AspNetCore.Http.HttpResults;
using SagaOrchestrator.Console.Api;
using SagaOrchestrator.Console.Hosting;
using SagaOrchestrator.Console.Pages;
using SagaOrchestrator.Console.SignIn;

namespace SagaOrchestrator.Console;

/// <summary>The pages, each with what a browser may do there.</summary>
internal static class ConsolePages
{
    // Nothing from elsewhere, nothing inline: no script, no style.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'self'; "
        + "frame-ancestors 'none'; form-action 'self'";

    // The picture brings its own style sheet, inside an image that may do nothing else.
    private const string PicturePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private const string NothingPolicy = "default-src 'none'; sandbox";

    public static IEndpointConventionBuilder Map(WebApplication app)
    {
        var signIn = app.Services.GetService<SignInSettings>();
        // Signing out is a form that leads on to the issuer.
        var policy = signIn is null ? Policy : $"{Policy} {signIn.Authority.GetLeftPart(UriPartial.Authority)}";
        if (signIn is not null)
        {
            MapSignIn(app, policy);
        }

        var own = app.MapGroup(string.Empty);
        var pages = own.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        ((IEndpointConventionBuilder)pages).Finally(page => Guard(page, policy));
        own.MapGet(
                SagaConsole.Path + "/sagas/{id:guid}/diagram.svg",
                (Guid id, HttpContext http, ApiClient api, CancellationToken end) => Draw(http, () => api.Diagram(id, end))
            )
            .ExcludeFromDescription();
        own.MapGet(
                SagaConsole.Path + "/plans/{type}/{version:int}/diagram.svg",
                (string type, int version, HttpContext http, ApiClient api, CancellationToken end) =>
                    Draw(http, () => api.Diagram(type, version, end))
            )
            .ExcludeFromDescription();
        own.MapGet(SagaConsole.Path + "/dead-letters/{id:guid}/body", Download).ExcludeFromDescription();
        ((IEndpointConventionBuilder)own).Finally(endpoint => Close(endpoint, signIn is not null));
        return own;
    }

    private static void MapSignIn(WebApplication app, string policy)
    {
        var own = app.MapGroup(string.Empty).ExcludeFromDescription().AllowAnonymous();
        SignInEndpoints.Map(own);
        ((IEndpointConventionBuilder)own).Finally(page => Guard(page, policy));
    }

    private static void Guard(EndpointBuilder endpoint, string policy)
    {
        if (endpoint is RouteEndpointBuilder { RequestDelegate: { } handler } route && IsPage(route))
        {
            endpoint.RequestDelegate = http =>
            {
                Secure(http.Response, policy);
                return handler(http);
            };
        }
    }

    private static void Close(EndpointBuilder endpoint, bool signsIn)
    {
        HeadOfGet.Add(endpoint);
        if (endpoint.RequestDelegate is { } handler)
        {
            endpoint.RequestDelegate = signsIn ? SignInGate.Around(handler) : LocalOnly.Around(handler);
        }
    }

    private static bool IsPage(RouteEndpointBuilder route) =>
        route.RoutePattern.RawText?.TrimStart('/').StartsWith(SagaConsole.Path[1..], StringComparison.Ordinal) == true;

    private static async Task<IResult> Draw(HttpContext http, Func<Task<string>> read)
    {
        Secure(http.Response, PicturePolicy);
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            return TypedResults.Text(await read(), "image/svg+xml", System.Text.Encoding.UTF8);
        }
        catch (ApiFailureException failure)
        {
            return Failed(failure);
        }
    }

    // Whoever wrote the message must not decide what a browser makes of it.
    private static async Task<IResult> Download(Guid id, HttpContext http, ApiClient api, CancellationToken cancellationToken)
    {
        Secure(http.Response, NothingPolicy);
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            var body = await api.LetterBody(id, isEdited: false, cancellationToken);
            return TypedResults.Stream(body, "application/octet-stream", $"dead-letter-{id}");
        }
        catch (ApiFailureException failure)
        {
            return Failed(failure);
        }
    }

    private static ProblemHttpResult Failed(ApiFailureException failure) =>
        TypedResults.Problem(failure.Message, statusCode: failure.Status ?? StatusCodes.Status502BadGateway);

    private static void Secure(HttpResponse response, string policy)
    {
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "same-origin";
    }
}
