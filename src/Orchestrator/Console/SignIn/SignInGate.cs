using Microsoft.AspNetCore.Authentication;

namespace SagaOrchestrator.Console.SignIn;

/// <summary>Lets whoever is signed in to a page, and leads the others to the issuer.</summary>
internal static class SignInGate
{
    public static RequestDelegate Around(RequestDelegate handler) =>
        async http =>
        {
            var session = await http.AuthenticateAsync(Schemes.Session);
            if (session is { Succeeded: true, Principal: { } user })
            {
                http.User = user;
                http.RequestServices.GetRequiredService<SignedInUser>().Is(user);
                await handler(http);
                return;
            }

            // Pictures, and the connection of a live page: what cannot be led anywhere.
            if (!IsRead(http.Request.Method) || !IsNavigation(http.Request))
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            var here = http.Request.Path + http.Request.QueryString;
            await (IsFromElsewhere(http.Request) ? SmallPage.AskAgain(http.Request.PathBase + here).ExecuteAsync(http) : Lead(http, here));
        };

    /// <summary>To the issuer, and from there to a page of the console.</summary>
    public static async Task Lead(HttpContext http, string page)
    {
        var landing = http.Request.PathBase + SignInPaths.Landing + QueryString.Create(SignInPaths.To, page);
        try
        {
            await http.ChallengeAsync(Schemes.Issuer, new AuthenticationProperties { RedirectUri = landing });
        }
        catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException)
        {
            var issuer = http.RequestServices.GetRequiredService<SignInSettings>().Authority;
            await SmallPage
                .Say(
                    "Nobody can sign in now",
                    $"The issuer at {issuer} does not answer. Sagas go on without the console.",
                    http.Request.PathBase + page,
                    "Try again",
                    StatusCodes.Status503ServiceUnavailable
                )
                .ExecuteAsync(http);
        }
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private static bool IsNavigation(HttpRequest request) =>
        request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate"
        && !request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal);

    private static bool IsFromElsewhere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";
}
