using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using SagaOrchestrator.Telemetry;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SagaOrchestrator.Issuer;

/// <summary>
/// A real OpenID Connect issuer on loopback: OpenIddict, which keeps nothing. It signs people in with code and PKCE, gives tokens for a
/// password to scripts, and refreshes them while their user is there.
/// </summary>
internal static class IssuerApp
{
    /// <summary>What every token is for.</summary>
    public const string Audience = "saga-orchestrator";

    /// <summary>The claim with the roles.</summary>
    public const string RolesClaim = "roles";

    /// <summary>The client of people in a browser, that of people in a terminal, and that of scripts. None has a secret.</summary>
    public const string Console = "saga-console";
    public const string Terminal = "sagas-cli";
    public const string Scripts = "curl";

    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(12);

    /// <exception cref="InvalidOperationException">Others than this machine would reach it.</exception>
    public static WebApplication Build(
        Uri url,
        DevelopmentUsers users,
        SecurityKey key,
        TimeSpan? tokenLifetime = null,
        params string[] args
    )
    {
        if (!url.IsLoopback || url.Scheme != Uri.UriSchemeHttp)
        {
            throw new InvalidOperationException(
                $"'{url}' is no http address on loopback. Everybody knows the passwords of this issuer: use --url http://127.0.0.1:18481."
            );
        }

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddServiceLogging("issuer");
        builder.WebHost.UseUrls(url.ToString());
        builder.Services.AddSingleton(users);
        builder.Services.AddOpenIddict().AddServer(server => Configure(server, key, tokenLifetime ?? TokenLifetime));
        var app = builder.Build();
        app.UseAuthentication();
        IssuerEndpoints.Map(app);
        return app;
    }

    private static void Configure(OpenIddictServerBuilder server, SecurityKey key, TimeSpan tokenLifetime)
    {
        server.EnableDegradedMode();
        server.SetAuthorizationEndpointUris(IssuerEndpoints.Authorize).SetTokenEndpointUris(IssuerEndpoints.Token);
        server.SetEndSessionEndpointUris(IssuerEndpoints.EndSession);
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowRefreshTokenFlow().AllowPasswordFlow();
        server.RegisterScopes(Scopes.Profile, Scopes.Roles);
        server.AddSigningKey(key).AddEphemeralEncryptionKey().DisableAccessTokenEncryption();
        server.SetAccessTokenLifetime(tokenLifetime).SetRefreshTokenLifetime(SessionLifetime);
        server
            .UseAspNetCore()
            .DisableTransportSecurityRequirement()
            .EnableAuthorizationEndpointPassthrough()
            .EnableTokenEndpointPassthrough()
            .EnableEndSessionEndpointPassthrough();
        Clients.Check(server);
    }
}
