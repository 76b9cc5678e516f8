using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SagaOrchestrator.Issuer;

/// <summary>What OpenIddict leaves to whoever knows the users. It has checked the requests before.</summary>
internal static class IssuerEndpoints
{
    public const string Authorize = "connect/authorize";
    public const string Token = "connect/token";
    public const string EndSession = "connect/endsession";

    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static void Map(WebApplication app)
    {
        app.MapMethods("/" + Authorize, ["GET", "POST"], SignInPeople);
        app.MapPost("/" + Token, GiveTokens);
        app.MapMethods("/" + EndSession, ["GET", "POST"], () => Results.SignOut(new() { RedirectUri = "/" }, [Scheme]));
        app.MapGet("/", (DevelopmentUsers users) => SignInPage.Show(users, [], null));
    }

    // The same address shows the form and takes it: nothing is kept between the two.
    private static IResult SignInPeople(HttpContext http, DevelopmentUsers users)
    {
        var request = Request(http);
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            return SignInPage.Show(users, Parameters(request), null);
        }

        return users.Find(request.Username, request.Password) is { } user
            ? SignIn(user, request.GetScopes())
            : SignInPage.Show(users, Parameters(request), "There is no such user, or the password is another.");
    }

    private static async Task<IResult> GiveTokens(HttpContext http, DevelopmentUsers users)
    {
        var request = Request(http);
        if (request.IsPasswordGrantType())
        {
            return users.Find(request.Username, request.Password) is { } named ? SignIn(named, request.GetScopes()) : Refuse();
        }

        // A code or a refresh token, which OpenIddict has read. Whoever was removed meanwhile gets no other one.
        var before = (await http.AuthenticateAsync(Scheme)).Principal;
        return before is not null && users.Find(before.GetClaim(Claims.Subject)) is { } user ? SignIn(user, before.GetScopes()) : Refuse();
    }

    private static IResult SignIn(DevelopmentUser user, IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity("development", Claims.Name, IssuerApp.RolesClaim);
        identity.SetClaim(Claims.Subject, user.Name).SetClaim(Claims.PreferredUsername, user.Name);
        identity.SetClaims(IssuerApp.RolesClaim, [.. user.Roles]);
        identity.SetDestinations(claim =>
            claim.Type == IssuerApp.RolesClaim ? [Destinations.AccessToken] : [Destinations.AccessToken, Destinations.IdentityToken]
        );
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(scopes);
        principal.SetAudiences(IssuerApp.Audience);
        return Results.SignIn(principal, authenticationScheme: Scheme);
    }

    private static IResult Refuse() =>
        Results.Forbid(
            new AuthenticationProperties(
                new Dictionary<string, string?>
                {
                    [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidGrant,
                    [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] =
                        "There is no such user, or the password is another. Send username=operator and password=operator-dev.",
                }
            ),
            [Scheme]
        );

    private static OpenIddictRequest Request(HttpContext http) =>
        http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("OpenIddict has not seen the request.");

    private static IEnumerable<(string Name, string Value)> Parameters(OpenIddictRequest request) =>
        request
            .GetParameters()
            .Where(parameter => parameter.Key is not (OpenIddictConstants.Parameters.Username or OpenIddictConstants.Parameters.Password))
            .Select(parameter => (parameter.Key, (string?)parameter.Value ?? string.Empty));
}
