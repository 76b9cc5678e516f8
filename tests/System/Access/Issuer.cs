using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SagaOrchestrator.Tests.Access;

/// <summary>A real issuer of tokens: OpenIddict in this process. What a token is to say is asked for in its request.</summary>
internal sealed class Issuer : IAsyncDisposable
{
    public const string Audience = "saga-orchestrator";

    private readonly WebApplication application;
    private readonly HttpClient http;
    private readonly RsaSecurityKey key;

    private Issuer(WebApplication application, Uri address, RsaSecurityKey key) =>
        (this.application, Address, this.key, http) = (application, address, key, new HttpClient { BaseAddress = address });

    public Uri Address { get; }

    public static async Task<Issuer> Start()
    {
        var signing = new RsaSecurityKey(System.Security.Cryptography.RSA.Create(2048)) { KeyId = "test" };
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder
            .Services.AddOpenIddict()
            .AddServer(server =>
            {
                server.EnableDegradedMode().SetTokenEndpointUris("connect/token").AllowClientCredentialsFlow();
                server.AddSigningKey(signing).AddEphemeralEncryptionKey().DisableAccessTokenEncryption();
                server.UseAspNetCore().DisableTransportSecurityRequirement();
                server.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler =>
                    handler.UseInlineHandler(_ => default)
                );
                server.AddEventHandler<OpenIddictServerEvents.HandleTokenRequestContext>(handler => handler.UseInlineHandler(Issue));
            });
        var built = builder.Build();
        await built.StartAsync();
        var address = built.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new Issuer(built, new Uri(address + "/"), signing);
    }

    /// <summary>A token as the issuer gives it.</summary>
    public async Task<string> Token(string subject, string roles, string audience = Audience)
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = subject,
                ["client_secret"] = "any",
                ["roles"] = roles,
                ["for"] = audience,
            }
        );
        var answer = await http.PostAsync("connect/token", form);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    /// <summary>A token that is made by hand, with the issuer's key unless another is given.</summary>
    public string Forged(Action<SecurityTokenDescriptor> change, SecurityKey? with = null)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Address.ToString(),
            Audience = Audience,
            NotBefore = DateTime.UtcNow.AddHours(-2),
            IssuedAt = DateTime.UtcNow.AddHours(-2),
            Expires = DateTime.UtcNow.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = "forger", ["roles"] = new[] { "administer" } },
            SigningCredentials = new SigningCredentials(with ?? key, SecurityAlgorithms.RsaSha256),
            TokenType = "at+jwt",
        };
        change(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await application.DisposeAsync();
    }

    private static ValueTask Issue(OpenIddictServerEvents.HandleTokenRequestContext context)
    {
        var identity = new ClaimsIdentity("test", Claims.Name, "roles");
        identity.SetClaim(Claims.Subject, context.ClientId);
        identity.SetClaims(
            "roles",
            [.. ((string?)context.Request["roles"] ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries)]
        );
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetAudiences((string?)context.Request["for"] ?? Audience);
        context.SignIn(principal);
        return default;
    }
}
