using Microsoft.Extensions.Configuration;

namespace SagaOrchestrator.Messaging.Settings;

/// <summary>Lets any setting stand in a file, whose path its key with <c>:File</c> (<c>__File</c> in the environment) names.</summary>
public static class SecretFiles
{
    /// <summary>
    /// Adds it to a host's settings, for the sources that are there already. A file that is missing, empty or given beside a value is told
    /// when its setting is read.
    /// </summary>
    /// <param name="builder">The host's settings, for example <c>builder.Configuration</c>.</param>
    public static IConfigurationBuilder AddSecretFiles(this IConfigurationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new SecretFileSource());
    }

    /// <summary>The same settings, with those that stand in files.</summary>
    /// <param name="configuration">Settings, whether <see cref="AddSecretFiles"/> was called for them or not.</param>
    public static IConfiguration WithSecretFiles(this IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new SecretFileView(configuration, path: null);
    }
}
