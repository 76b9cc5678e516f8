using SagaOrchestrator.Cli.Api;

namespace SagaOrchestrator.Cli.Profiles;

/// <summary>Which system is meant, and by what it knows the caller.</summary>
/// <param name="Server">Where its API is, with a slash at the end.</param>
/// <param name="ProfileName">The profile that it comes from, and that a sign-in belongs to.</param>
/// <param name="Profile">What that profile says.</param>
internal sealed record Target(Uri Server, string ProfileName, Profile Profile)
{
    public const string ServerVariable = "SAGAS_SERVER";
    public const string ProfileVariable = "SAGAS_PROFILE";
    public const string KeyVariable = "SAGAS_API_KEY";
    public const string TokenVariable = "SAGAS_TOKEN";
    public const string UsualProfile = "default";

    /// <param name="folder">Where profiles are.</param>
    /// <param name="server">As given; null for the variable, or else the profile's.</param>
    /// <param name="profile">As given; null for the variable, or else the default one.</param>
    public static Target Of(SettingsFolder folder, string? server, string? profile)
    {
        var list = folder.Profiles();
        var named = profile ?? Variable(ProfileVariable);
        var name = named ?? list.Default ?? UsualProfile;
        var known = list.Profiles.GetValueOrDefault(name);
        var address = server ?? Variable(ServerVariable);
        if (known is null && named is not null && address is null)
        {
            throw FailureException.Usage(
                $"There is no profile '{name}' in {folder.PathOfProfiles}.",
                $"Make it: sagas profiles set {name} --server URL"
            );
        }

        address ??= known?.Server;
        return address is null
            ? throw FailureException.Usage(
                "No system is named.",
                $"Give --server URL, set {ServerVariable}, or make a profile: sagas profiles set NAME --server URL"
            )
            : new Target(Address(address), name, known ?? new Profile());
    }

    /// <summary>Reads an address.</summary>
    public static Uri Address(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw FailureException.Usage($"'{text}' is no address of http or https.", "Give one like http://orchestrator:8080");

    /// <summary>Those of the environment; null when it has none.</summary>
    public static Credentials? OfEnvironment() =>
        (Variable(KeyVariable), Variable(TokenVariable)) switch
        {
            (not null, not null) => throw FailureException.Usage($"{KeyVariable} and {TokenVariable} are both set.", "Set one of them."),
            ({ } key, _) => new Credentials.Key(key),
            (_, { } token) => new Credentials.Token(token),
            _ => null,
        };

    /// <summary>Whether the profile is about this server. What it has for one is sent to no other.</summary>
    public bool IsOfProfile => Profile.Server is { } own && Address(own) == Server;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
