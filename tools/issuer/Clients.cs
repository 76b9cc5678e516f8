using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SagaOrchestrator.Issuer;

/// <summary>Which programs may ask, and where a browser may be sent: to a console or a terminal on this machine.</summary>
internal static class Clients
{
    public static void Check(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler =>
            handler.UseInlineHandler(context =>
            {
                if (context.ClientId is not (IssuerApp.Console or IssuerApp.Terminal) || !IsHere(context.RedirectUri))
                {
                    context.Reject(
                        Errors.InvalidRequest,
                        $"Send client_id={IssuerApp.Console} or {IssuerApp.Terminal}, and a redirect_uri on loopback: this issuer is for development alone."
                    );
                }

                return default;
            })
        );
        server.AddEventHandler<ValidateTokenRequestContext>(handler =>
            handler.UseInlineHandler(context =>
            {
                if (context.ClientId is not (IssuerApp.Console or IssuerApp.Terminal or IssuerApp.Scripts))
                {
                    context.Reject(
                        Errors.InvalidClient,
                        $"Send client_id={IssuerApp.Scripts}, {IssuerApp.Console} or {IssuerApp.Terminal}."
                    );
                }

                return default;
            })
        );
        server.AddEventHandler<ValidateEndSessionRequestContext>(handler =>
            handler.UseInlineHandler(context =>
            {
                if (context.PostLogoutRedirectUri is { } back && !IsHere(back))
                {
                    context.Reject(Errors.InvalidRequest, "Send a post_logout_redirect_uri on loopback.");
                }

                return default;
            })
        );
    }

    private static bool IsHere(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { IsLoopback: true, Scheme: "http" or "https" };
}
