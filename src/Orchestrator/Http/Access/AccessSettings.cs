using System.Globalization;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator.Http.Access;

/// <summary>Who is let in. Bound from the configuration section <c>Auth</c>.</summary>
internal sealed record AccessSettings
{
    private const string Section = "Auth";

    /// <summary>
    /// The issuer of tokens (OpenID Connect), for example <c>https://login.example.com/realms/shop</c>. It must be reached at this address.
    /// </summary>
    public string? Authority { get; init; }

    /// <summary>The audience that tokens for this API carry, for example <c>saga-orchestrator</c>.</summary>
    public string? Audience { get; init; }

    /// <summary>
    /// The claim with the caller's roles; a path with dots for one within an object, for example <c>realm_access.roles</c>.
    /// </summary>
    public string RolesClaim { get; init; } = "roles";

    /// <summary>
    /// The claim with the caller's name for people, as it stands in the operators' log. The subject, where it is missing.
    /// </summary>
    public string NameClaim { get; init; } = "preferred_username";

    /// <summary>Whether everybody is let in from everywhere: for a network in which something else authenticates.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>
    /// Names by which the API may be called, for example <c>sagas.example.com</c> or <c>*.example.com</c>. Addresses and
    /// <c>localhost</c> always may.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Origins whose pages may read answers, for example <c>https://ops.example.com</c>. By itself none.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Keys of machines.</summary>
    public IReadOnlyList<ApiKey> ApiKeys { get; private init; } = [];

    /// <summary>Whether callers have to say who they are.</summary>
    public bool IsConfigured => Authority is not null || ApiKeys.Count > 0;

    /// <exception cref="InvalidSettingException">Something is missing or wrong. A half of it would let in whom nobody meant.</exception>
    public static AccessSettings Read(IConfiguration configuration)
    {
        var settings = configuration.Read<AccessSettings>(Section);
        var keys = configuration.WithSecretFiles().GetSection($"{Section}:ApiKeys").GetChildren().Select(ApiKey.Read).ToList();
        settings = settings with { ApiKeys = keys };
        settings.Check();
        settings.CheckNames();
        return settings;
    }

    private void Check()
    {
        if (Authority is not null && !IsAuthority(Authority))
        {
            throw new InvalidSettingException(
                $"{Section}:Authority",
                "is not an https address, or an http address on loopback. Set, for example, "
                    + "Auth__Authority=https://login.example.com/realms/shop."
            );
        }

        if (Authority is not null && string.IsNullOrEmpty(Audience))
        {
            throw new InvalidSettingException(
                $"{Section}:Audience",
                "is missing beside Auth:Authority: tokens for other programs would be let in. Set, for example, "
                    + "Auth__Audience=saga-orchestrator."
            );
        }

        if (Authority is null && Audience is not null)
        {
            throw new InvalidSettingException(
                $"{Section}:Authority",
                "is missing beside Auth:Audience: nobody could be let in. Set, for example, "
                    + "Auth__Authority=https://login.example.com/realms/shop."
            );
        }

        if (AllowAnonymous && IsConfigured)
        {
            throw new InvalidSettingException(
                $"{Section}:AllowAnonymous",
                "lets everybody in, although Auth:Authority or Auth:ApiKeys is set. Remove one of them."
            );
        }
    }

    private void CheckNames()
    {
        if (AllowedHosts.FirstOrDefault(host => !IsHost(host)) is { } wrong)
        {
            throw new InvalidSettingException(
                $"{Section}:AllowedHosts",
                $"has '{wrong}', which is no name of a host. Set, for example, Auth__AllowedHosts__0=sagas.example.com, without scheme and "
                    + "port; *.example.com for all names below."
            );
        }

        if (AllowedOrigins.FirstOrDefault(origin => !IsOrigin(origin)) is { } other)
        {
            throw new InvalidSettingException(
                $"{Section}:AllowedOrigins",
                $"has '{other}', which is no origin as browsers send it. Set, for example, "
                    + "Auth__AllowedOrigins__0=https://ops.example.com, without a path."
            );
        }
    }

    private static bool IsHost(string host) =>
        Uri.CheckHostName(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host) is UriHostNameType.Dns;

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme is "http" or "https")
        && uri.GetLeftPart(UriPartial.Authority) == origin;

    private static bool IsAuthority(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
