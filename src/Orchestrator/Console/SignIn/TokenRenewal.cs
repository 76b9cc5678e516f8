using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace SagaOrchestrator.Console.SignIn;

/// <summary>Asks the issuer for other tokens.</summary>
internal sealed class TokenRenewal(IOptionsMonitor<OpenIdConnectOptions> options)
{
    /// <returns>Others; the same when the issuer does not answer, which it may do before they end; ended ones when it refuses.</returns>
    public async Task<Tokens> Renew(Tokens tokens, CancellationToken cancellationToken)
    {
        var issuer = options.Get(Schemes.Issuer);
        try
        {
            var configuration = await issuer.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
            using var form = new FormUrlEncodedContent(Form(issuer, tokens.Refresh!));
            using var answer = await issuer.Backchannel.PostAsync(new Uri(configuration.TokenEndpoint), form, cancellationToken);
            return answer.IsSuccessStatusCode ? Read(JsonElement.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)), tokens)
                : (int)answer.StatusCode < StatusCodes.Status500InternalServerError ? tokens.Ended()
                : tokens;
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException or JsonException)
        {
            return tokens;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Form(OpenIdConnectOptions issuer, string refresh)
    {
        yield return new("grant_type", "refresh_token");
        yield return new("refresh_token", refresh);
        yield return new("client_id", issuer.ClientId!);
        if (issuer.ClientSecret is { } secret)
        {
            yield return new("client_secret", secret);
        }
    }

    private static Tokens Read(JsonElement answer, Tokens before) =>
        new(
            answer.GetProperty("access_token").GetString()!,
            answer.TryGetProperty("refresh_token", out var refresh) ? refresh.GetString() : before.Refresh,
            DateTimeOffset.UtcNow.AddSeconds(answer.GetProperty("expires_in").GetInt32())
        );
}
