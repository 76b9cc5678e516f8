namespace SagaOrchestrator.Cli.Profiles;

/// <summary>One of several systems.</summary>
internal sealed record Profile
{
    /// <summary>Where its API is.</summary>
    public string? Server { get; init; }

    /// <summary>The key of a machine, where no person signs in.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The issuer at which people sign in.</summary>
    public string? Authority { get; init; }

    /// <summary>What this program is called there.</summary>
    public string? ClientId { get; init; }

    /// <summary>What it asks for beside its own scopes, with blanks between.</summary>
    public string? Scopes { get; init; }
}

/// <summary>The file of profiles.</summary>
internal sealed record ProfileList
{
    /// <summary>The one that counts when none is named.</summary>
    public string? Default { get; init; }

    public IReadOnlyDictionary<string, Profile> Profiles { get; init; } = new Dictionary<string, Profile>(StringComparer.Ordinal);
}

/// <summary>What a sign-in gave.</summary>
/// <param name="Server">For which API; the tokens are sent to no other.</param>
/// <param name="AccessToken">What the API takes.</param>
/// <param name="RefreshToken">What the issuer gives a new one for; null when it gives none.</param>
/// <param name="ExpiresAt">Until when the access token holds.</param>
internal sealed record StoredTokens(string Server, string AccessToken, string? RefreshToken, DateTimeOffset ExpiresAt);
