using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Profiles;

namespace SagaOrchestrator.Cli.SignIn;

/// <summary>People sign in with their issuer in a browser: authorization code with PKCE, and back to a port of this machine.</summary>
internal sealed class SignInFlow(HttpClient http, Uri authority, string clientId, string? scopes)
{
    /// <summary>What this program is called at an issuer unless the profile says otherwise.</summary>
    public const string UsualClientId = "sagas-cli";

    private const string Scopes = "openid profile offline_access";
    private const int Entropy = 32;
    private const long Year = 365 * 24 * 60 * 60;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <param name="server">For which API.</param>
    /// <param name="show">Shows the address at which to sign in.</param>
    /// <param name="opensBrowser">Whether to open it too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<StoredTokens> SignIn(Uri server, Action<Uri> show, bool opensBrowser, CancellationToken cancellationToken)
    {
        var issuer = await Issuer.Discover(http, authority, cancellationToken);
        using var listener = new LoopbackListener();
        var (verifier, state) = (Random(), Random());
        var address = Address(issuer, listener.Address, verifier, state);
        show(address);
        if (opensBrowser)
        {
            Open(address);
        }

        var code = await listener.Code(state, cancellationToken);
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = clientId,
            ["code"] = code,
            ["redirect_uri"] = listener.Address.ToString(),
            ["code_verifier"] = verifier,
        };
        return Of(await issuer.Ask(http, form, cancellationToken), server.ToString(), null);
    }

    /// <summary>New tokens for old ones.</summary>
    /// <exception cref="FailureException">The issuer gives none: the session has ended.</exception>
    public async Task<StoredTokens> Renew(StoredTokens tokens, CancellationToken cancellationToken)
    {
        var issuer = await Issuer.Discover(http, authority, cancellationToken);
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = clientId,
            ["refresh_token"] = tokens.RefreshToken!,
        };
        return Of(await issuer.Ask(http, form, cancellationToken), tokens.Server, tokens.RefreshToken);
    }

    /// <summary>Gives the session back, if the issuer takes it.</summary>
    public async Task Revoke(StoredTokens tokens, CancellationToken cancellationToken)
    {
        var issuer = await Issuer.Discover(http, authority, cancellationToken);
        var form = new Dictionary<string, string> { ["client_id"] = clientId, ["token"] = tokens.RefreshToken ?? tokens.AccessToken };
        await issuer.TakeBack(http, form, cancellationToken);
    }

    private Uri Address(Issuer issuer, Uri back, string verifier, string state)
    {
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var query = Query
            .None.With("response_type", "code")
            .With("client_id", clientId)
            .With("redirect_uri", back.ToString())
            .With("scope", string.IsNullOrWhiteSpace(scopes) ? Scopes : $"{Scopes} {scopes}")
            .With("state", state)
            .With("code_challenge", challenge)
            .With("code_challenge_method", "S256");
        var separator = issuer.Authorize.Query.Length == 0 ? "?" : "&";
        return new Uri(issuer.Authorize + separator + query.ToString()[1..]);
    }

    private static StoredTokens Of(JsonElement answer, string server, string? former) =>
        new(
            server,
            answer.Text("access_token")!,
            answer.Text("refresh_token") ?? former,
            DateTimeOffset.UtcNow + (answer.Number("expires_in") is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Year)) : Hour)
        );

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Entropy));

    // Where there is no browser, the address is shown all the same.
    private static void Open(Uri address)
    {
        var command =
            OperatingSystem.IsMacOS() ? "open"
            : OperatingSystem.IsWindows() ? "explorer.exe"
            : "xdg-open";
        try
        {
            var start = new ProcessStartInfo(command)
            {
                ArgumentList = { address.AbsoluteUri },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            using var browser = Process.Start(start);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            Trace.WriteLine(string.Create(CultureInfo.InvariantCulture, $"No browser was opened: {exception.Message}"));
        }
    }
}
