using Microsoft.Extensions.Configuration;
using Npgsql;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator.Messaging.Postgres.Databases;

/// <summary>Reads connection strings. One that is missing or cannot be read is refused with the setting's name and the next move.</summary>
public static class ConnectionStrings
{
    /// <summary>A connection string that must be there.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidOperationException">It is missing or cannot be read.</exception>
    public static string Required(IConfiguration configuration, string name) =>
        Optional(configuration, name) ?? throw new InvalidOperationException(Missing(name));

    /// <summary>What is said of one that is missing.</summary>
    /// <param name="name">Its name.</param>
    public static string Missing(string name) =>
        $"The connection string '{name}' is missing. Set ConnectionStrings__{name}: "
        + $"Host=...;Port=...;Database=...;Username=...;Password=...";

    /// <summary>A connection string that may be left out.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidOperationException">It cannot be read.</exception>
    public static string? Optional(IConfiguration configuration, string name)
    {
        if (configuration.WithSecretFiles().GetConnectionString(name) is not { Length: > 0 } given)
        {
            return null;
        }

        try
        {
            // The parser's own message may repeat what was given, and with it a password.
            var settings = new NpgsqlConnectionStringBuilder(given);
            CheckFiles(name, settings);
            return settings is { Host: { Length: > 0 } }
                ? given
                : throw new InvalidOperationException(
                    $"The connection string '{name}' names no host. Add Host=... to ConnectionStrings__{name}."
                );
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            throw new InvalidOperationException(
                $"The connection string '{name}' cannot be read. Correct ConnectionStrings__{name}: "
                    + $"Host=...;Port=...;Database=...;Username=...;Password=...",
                exception
            );
        }
    }

    // Npgsql would look for them at the first connection, and try again for as long as a service waits for its database.
    private static void CheckFiles(string name, NpgsqlConnectionStringBuilder settings)
    {
        var files = new[]
        {
            ("Root Certificate", settings.RootCertificate),
            ("SSL Certificate", settings.SslCertificate),
            ("SSL Key", settings.SslKey),
        };
        foreach (var (key, file) in files)
        {
            if (file is { Length: > 0 } && !File.Exists(file))
            {
                throw new InvalidOperationException(
                    $"The connection string '{name}' names '{file}' as its {key}, which is not there. Mount it there, or correct "
                        + $"ConnectionStrings__{name}."
                );
            }
        }
    }
}
