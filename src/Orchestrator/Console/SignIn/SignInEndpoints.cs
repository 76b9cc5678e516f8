using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;

namespace SagaOrchestrator.Console.SignIn;

/// <summary>The way in and out.</summary>
internal static class SignInEndpoints
{
    private const string Again = "again";

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet(SignInPaths.SignIn, (string? to, HttpContext http) => SignInGate.Lead(http, SignInPaths.Page(to)));
        routes.MapGet(SignInPaths.Landing, Land);
        routes.MapPost(SignInPaths.SignOut, SignOut);
        routes.MapGet(
            SignInPaths.SignedOut,
            () => SmallPage.Say("You are signed out", "Nothing of your session is left here.", "/console", "Sign in again")
        );
        routes.MapGet(
            SignInPaths.Failed,
            () =>
                SmallPage.Say(
                    "You are not signed in",
                    "The issuer did not let you in, or it took too long. Nothing was done.",
                    "/console",
                    "Sign in again",
                    StatusCodes.Status403Forbidden
                )
        );
    }

    // Back from the issuer: the cookie is there, and is sent with the next request that this site begins.
    private static async Task<IResult> Land(string? to, string? again, HttpContext http)
    {
        var page = SignInPaths.Page(to);
        if ((await http.AuthenticateAsync(Schemes.Session)).Succeeded)
        {
            return TypedResults.LocalRedirect(http.Request.PathBase + page);
        }

        return again is null
            ? SmallPage.AskAgain(http.Request.PathBase + SignInPaths.Landing + QueryString.Create(SignInPaths.To, page).Add(Again, "1"))
            : SmallPage.Say(
                "Your browser kept no session",
                "The console's cookie needs https, or a console on this machine, and a browser that keeps cookies.",
                page,
                "Sign in again",
                StatusCodes.Status403Forbidden
            );
    }

    private static async Task<IResult> SignOut(HttpContext http, IAntiforgery antiforgery)
    {
        if ((await http.AuthenticateAsync(Schemes.Session)).Principal is { } user)
        {
            http.User = user;
        }

        return await antiforgery.IsRequestValidAsync(http)
            ? TypedResults.SignOut(new AuthenticationProperties { RedirectUri = SignInPaths.SignedOut }, [Schemes.Session, Schemes.Issuer])
            : SmallPage.Say(
                "You are still signed in",
                "The request did not come from a page of the console.",
                "/console",
                "Go to the console and sign out there",
                StatusCodes.Status400BadRequest
            );
    }
}
