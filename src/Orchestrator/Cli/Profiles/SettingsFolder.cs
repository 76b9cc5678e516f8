using System.Text.Json;
using SagaOrchestrator.Cli.Api;

namespace SagaOrchestrator.Cli.Profiles;

/// <summary>Profiles and tokens of this user: files that nobody else can read.</summary>
internal sealed class SettingsFolder(string folder)
{
    private const string ProfilesFile = "profiles.json";
    private const string TokensFile = "tokens.json";
    private const string LockFile = ".lock";
    private const string RenewalFile = ".renewal";
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Below <c>XDG_CONFIG_HOME</c>, or else <c>~/.config</c>.</summary>
    public static SettingsFolder OfUser()
    {
        var config = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return new SettingsFolder(Path.Combine(string.IsNullOrEmpty(config) ? Path.Combine(home, ".config") : config, "sagas"));
    }

    public string PathOfProfiles => Path.Combine(folder, ProfilesFile);

    public ProfileList Profiles() => Read<ProfileList>(ProfilesFile) ?? new ProfileList();

    /// <summary>Changes the profiles as they are now, whatever another command made of them meanwhile.</summary>
    public void Change(Func<ProfileList, ProfileList> change) => Alone(ProfilesFile, () => Write(ProfilesFile, change(Profiles())));

    public StoredTokens? Tokens(string profile) => AllTokens().GetValueOrDefault(profile);

    /// <param name="profile">Whose.</param>
    /// <param name="tokens">Null forgets them.</param>
    public void Write(string profile, StoredTokens? tokens) =>
        Alone(
            TokensFile,
            () =>
            {
                var all = AllTokens();
                if (tokens is null)
                {
                    all.Remove(profile);
                }
                else
                {
                    all[profile] = tokens;
                }

                Write(TokensFile, all);
            }
        );

    /// <summary>Held by the one command that renews a sign-in; null where another one does not give it back.</summary>
    public IDisposable? Renewal()
    {
        try
        {
            return FolderLock.Take(Path.Combine(folder, RenewalFile));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private Dictionary<string, StoredTokens> AllTokens() =>
        Read<Dictionary<string, StoredTokens>>(TokensFile) ?? new Dictionary<string, StoredTokens>(StringComparer.Ordinal);

    private T? Read<T>(string name)
        where T : class
    {
        var path = Path.Combine(folder, name);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllText(path), Options) : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw FailureException.Usage($"{path} cannot be read: {exception.Message}", "Mend it, or remove it.", exception);
        }
    }

    // Two commands at once would each write what it read, and one would lose what the other wrote.
    private void Alone(string name, Action change)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var alone = FolderLock.Take(Path.Combine(folder, LockFile));
            change();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FailureException.Usage(
                $"{Path.Combine(folder, name)} cannot be written: {exception.Message}",
                "Set XDG_CONFIG_HOME.",
                exception
            );
        }
    }

    // Never half written, and never readable by others, not even for a moment.
    private void Write<T>(string name, T content)
    {
        var path = Path.Combine(folder, name);
        var draft = $"{path}.{Environment.ProcessId}";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(stream, content, Options);
        }

        File.Move(draft, path, overwrite: true);
    }
}
