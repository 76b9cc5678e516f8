using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace SagaOrchestrator.Messaging.Settings;

/// <summary>Settings or a section of them, with those that stand in files.</summary>
/// <param name="all">All settings.</param>
/// <param name="path">The section's path; null for all.</param>
internal sealed class SecretFileView(IConfiguration all, string? path) : IConfigurationSection
{
    private IConfiguration Here => path is null ? all : all.GetSection(path);

    public string Key => Path[(Path.LastIndexOf(':') + 1)..];

    public string Path => path ?? string.Empty;

    public string? Value
    {
        get => path is null ? null : Read(path);
        set => throw Unchangeable();
    }

    public string? this[string key]
    {
        get => Read(Below(key));
        set => throw Unchangeable();
    }

    public IConfigurationSection GetSection(string key) => new SecretFileView(all, Below(key));

    // The key that names a file is no setting: whoever looks for unknown keys does not see it.
    public IEnumerable<IConfigurationSection> GetChildren() =>
        Here.GetChildren().Where(child => !IsFileOf(path, child)).Select(child => new SecretFileView(all, Below(child.Key)));

    public IChangeToken GetReloadToken() => all.GetReloadToken();

    private static bool IsFileOf(string? path, IConfigurationSection child) =>
        path is not null && child.Value is not null && SecretFile.Suffix[1..].Equals(child.Key, StringComparison.OrdinalIgnoreCase);

    private static NotSupportedException Unchangeable() => new("Settings are read here, and not changed.");

    private string? Read(string key) => SecretFile.Of(key, other => all[other]) ?? all[key];

    private string Below(string key) => path is null ? key : path + ":" + key;
}
