namespace SagaOrchestrator.Console.SignIn;

/// <summary>Where people sign in. Read from the section <c>Console</c>.</summary>
/// <param name="Authority">The issuer of tokens (OpenID Connect).</param>
/// <param name="ClientId">What the console is called there.</param>
/// <param name="ClientSecret">Its secret there; null for a client without one.</param>
/// <param name="Scopes">What the console asks for, so that the token is for the API.</param>
internal sealed record SignInSettings(Uri Authority, string ClientId, string? ClientSecret, IReadOnlyList<string> Scopes)
{
    private const string Section = "Console";

    /// <summary>The keys that are known.</summary>
    public static readonly string[] Keys = [nameof(Authority), nameof(ClientId), nameof(ClientSecret), nameof(Scopes)];

    private static readonly string[] Always = ["openid", "profile", "offline_access"];

    /// <returns>Null when the console has no sign-in.</returns>
    /// <exception cref="InvalidOperationException">Half of it is set, or something is wrong.</exception>
    public static SignInSettings? Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var (authority, client, secret) = (section[nameof(Authority)], section[nameof(ClientId)], section[nameof(ClientSecret)]);
        var scopes = section[nameof(Scopes)]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (authority is null && client is null && secret is null && scopes.Length == 0)
        {
            return null;
        }

        return authority is null ? throw Missing(nameof(Authority), "https://login.example.com/realms/shop")
            : string.IsNullOrEmpty(client) ? throw Missing(nameof(ClientId), "saga-console")
            : section["ApiKey"] is not null
                ? throw new InvalidOperationException(
                    $"{Section}:ApiKey is set beside {Section}:{nameof(Authority)}: it would be unclear in whose name the console acts. "
                        + "Remove one of them."
                )
            : new SignInSettings(AddressOf(authority), client, secret, [.. Always, .. scopes]);
    }

    private static InvalidOperationException Missing(string key, string example) =>
        new($"{Section}:{key} is missing, so nobody could sign in to the console. Set, for example, {Section}__{key}={example}.");

    private static Uri AddressOf(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || IsLoopback(uri))
            ? uri
            : throw new InvalidOperationException(
                $"{Section}:{nameof(Authority)} is '{authority}', which is no https address, nor an http address on loopback. Set, for "
                    + $"example, {Section}__{nameof(Authority)}=https://login.example.com/realms/shop."
            );

    private static bool IsLoopback(Uri uri) => uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback;
}
