using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace SagaOrchestrator.Messaging.Settings;

/// <summary>
/// Answers for a setting whose file is named. It has no keys of its own: the key that names a file is below the setting's.
/// </summary>
/// <param name="providers">All providers of the settings; this one is passed over.</param>
internal sealed class SecretFileProvider(Func<IEnumerable<IConfigurationProvider>> providers) : IConfigurationProvider
{
    public bool TryGet(string key, out string? value) => (value = SecretFile.Of(key, Given)) is not null;

    public void Set(string key, string? value)
    {
        // What is set goes to the other providers too.
    }

    public IChangeToken GetReloadToken() => new CancellationChangeToken(CancellationToken.None);

    public void Load()
    {
        // Files are read when they are asked for.
    }

    public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) => earlierKeys;

    private string? Given(string key)
    {
        foreach (var provider in providers().Reverse())
        {
            if (provider is not SecretFileProvider && provider.TryGet(key, out var value))
            {
                return value;
            }
        }

        return null;
    }
}
