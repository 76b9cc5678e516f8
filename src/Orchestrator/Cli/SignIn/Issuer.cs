using System.Net;
using System.Text.Json;
using SagaOrchestrator.Cli.Api;

namespace SagaOrchestrator.Cli.SignIn;

/// <summary>An issuer of tokens, by its discovery document.</summary>
/// <param name="Authorize">Where people sign in.</param>
/// <param name="Token">Where codes become tokens.</param>
/// <param name="Revoke">Where tokens are given back; null when the issuer takes none.</param>
internal sealed record Issuer(Uri Authorize, Uri Token, Uri? Revoke)
{
    public static async Task<Issuer> Discover(HttpClient http, Uri authority, CancellationToken cancellationToken)
    {
        var address = new Uri(authority, ".well-known/openid-configuration");
        try
        {
            var document = JsonElement.Parse(await http.GetStringAsync(address, cancellationToken));
            return new Issuer(
                Endpoint(document, "authorization_endpoint", authority),
                Endpoint(document, "token_endpoint", authority),
                document.Text("revocation_endpoint") is null ? null : Endpoint(document, "revocation_endpoint", authority)
            );
        }
        catch (Exception exception) when (IsAway(exception, cancellationToken))
        {
            throw new FailureException(
                $"No issuer of tokens answers at {authority}.",
                "See that it runs, and that --authority names it.",
                ExitCode.Unreachable,
                exception
            );
        }
    }

    /// <summary>Asks for tokens.</summary>
    public async Task<JsonElement> Ask(HttpClient http, IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var answer = await http.PostAsync(Token, content, cancellationToken);
            Check(answer, Token);
            var json = JsonElement.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            return answer.IsSuccessStatusCode && json.Text("access_token") is not null
                ? json
                : throw new FailureException(
                    $"The issuer gives no token: {json.Text("error_description") ?? json.Text("error") ?? "it does not say why"}.",
                    "Run 'sagas login' again.",
                    ExitCode.Refused
                );
        }
        catch (Exception exception) when (IsAway(exception, cancellationToken))
        {
            throw Away($"The issuer at {Token} does not answer.", exception);
        }
    }

    /// <summary>Gives a token back, if the issuer takes any.</summary>
    public async Task TakeBack(HttpClient http, IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken)
    {
        if (Revoke is null)
        {
            return;
        }

        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var answer = await http.PostAsync(Revoke, content, cancellationToken);
            Check(answer, Revoke);
        }
        catch (Exception exception) when (IsAway(exception, cancellationToken))
        {
            throw Away($"The issuer at {Revoke} does not answer.", exception);
        }
    }

    // Whatever it says beside such a status, it has not decided.
    private static void Check(HttpResponseMessage answer, Uri asked)
    {
        if (answer.StatusCode >= HttpStatusCode.InternalServerError || answer.StatusCode == HttpStatusCode.TooManyRequests)
        {
            throw Away($"The issuer at {asked} cannot answer now ({(int)answer.StatusCode}).");
        }
    }

    private static FailureException Away(string message, Exception? inner = null) =>
        new(message, "See that it runs; then the same again.", ExitCode.Unreachable, inner);

    // It is away too when it takes longer than the client waits.
    private static bool IsAway(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or JsonException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    // Tokens go nowhere else than over a line that is as safe as that to the issuer.
    private static Uri Endpoint(JsonElement document, string name, Uri authority) =>
        Uri.TryCreate(document.Text(name), UriKind.Absolute, out var uri) && (uri.Scheme == "https" || uri.Scheme == authority.Scheme)
            ? uri
            : throw new JsonException($"The document has no usable {name}.");
}
