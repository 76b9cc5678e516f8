using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace SagaOrchestrator.Console.SignIn;

internal static class SignInServices
{
    private static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(8);

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<SignedInUser>();
        if (SignInSettings.Read(configuration) is not { } settings)
        {
            return;
        }

        services.AddSingleton(settings);
        services.AddSingleton<TokenRenewal>();
        services.AddSingleton<Sessions>();
        services.AddAuthentication().AddCookie(Schemes.Session, Keep).AddOpenIdConnect(Schemes.Issuer, issuer => Ask(issuer, settings));
        services
            .AddOptions<CookieAuthenticationOptions>(Schemes.Session)
            .Configure<Sessions>((cookie, sessions) => cookie.SessionStore = sessions);
    }

    private static void Keep(CookieAuthenticationOptions options)
    {
        // The prefix: no other host, and no page without TLS, can have set it.
        options.Cookie.Name = "__Host-saga-console";
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        (options.ExpireTimeSpan, options.SlidingExpiration) = (SessionLifetime, true);
    }

    private static void Ask(OpenIdConnectOptions options, SignInSettings settings)
    {
        options.SignInScheme = Schemes.Session;
        options.Authority = settings.Authority.ToString();
        options.RequireHttpsMetadata = !settings.Authority.IsLoopback;
        (options.ClientId, options.ClientSecret) = (settings.ClientId, settings.ClientSecret);
        // The code comes in the address, so that no cookie must be sent with a form of another site.
        (options.ResponseType, options.ResponseMode) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query);
        options.UsePkce = true;
        options.SaveTokens = true;
        options.MapInboundClaims = false;
        options.DisableTelemetry = true;
        options.TokenValidationParameters.NameClaimType = "preferred_username";
        options.Scope.Clear();
        foreach (var scope in settings.Scopes)
        {
            options.Scope.Add(scope);
        }

        options.CallbackPath = SignInPaths.Callback;
        options.SignedOutCallbackPath = SignInPaths.SignedOutCallback;
        options.SignedOutRedirectUri = SignInPaths.SignedOut;
        options.RemoteSignOutPath = default;
        // Short-lived, and of no use to others: they come back with the issuer's redirect, which is another site's.
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            context.Response.Redirect(context.Request.PathBase + SignInPaths.Failed);
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToIdentityProviderForSignOut = async context =>
        {
            var issuer = await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
            if (string.IsNullOrEmpty(issuer.EndSessionEndpoint))
            {
                context.HandleResponse();
                context.Response.Redirect(context.Request.PathBase + SignInPaths.SignedOut);
            }
        };
    }
}
