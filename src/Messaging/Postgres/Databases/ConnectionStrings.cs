using Microsoft.Extensions.Configuration;
using Npgsql;

namespace SagaOrchestrator.Messaging.Postgres.Databases;

/// <summary>Reads connection strings. One that is missing or cannot be read is refused with the setting's name and the next move.</summary>
public static class ConnectionStrings
{
    /// <summary>A connection string that must be there.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidOperationException">It is missing or cannot be read.</exception>
    public static string Required(IConfiguration configuration, string name) =>
        Optional(configuration, name)
        ?? throw new InvalidOperationException(
            $"The connection string '{name}' is missing. Set ConnectionStrings__{name}: "
                + $"Host=...;Port=...;Database=...;Username=...;Password=..."
        );

    /// <summary>A connection string that may be left out.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidOperationException">It cannot be read.</exception>
    public static string? Optional(IConfiguration configuration, string name)
    {
        if (configuration.GetConnectionString(name) is not { Length: > 0 } given)
        {
            return null;
        }

        try
        {
            // The parser's own message may repeat what was given, and with it a password.
            return new NpgsqlConnectionStringBuilder(given) is { Host: { Length: > 0 } }
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
}
