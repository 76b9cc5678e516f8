using Microsoft.Extensions.Configuration;

namespace SagaOrchestrator.Messaging.Settings;

/// <summary>Reads settings from the files that other sources name.</summary>
internal sealed class SecretFileSource : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        // A ConfigurationManager is builder and settings in one: its sources are built already, and may change.
        if (builder is IConfigurationRoot root)
        {
            return new SecretFileProvider(() => root.Providers);
        }

        var others = builder.Sources.TakeWhile(source => source != this).Select(source => source.Build(builder)).ToArray();
        foreach (var other in others)
        {
            other.Load();
        }

        return new SecretFileProvider(() => others);
    }
}
