using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Npgsql;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator.Messaging.Postgres.Databases;

/// <summary>A connection string whose password may change while the program runs.</summary>
public sealed class DatabaseConnection
{
    private readonly Renewable<string>? renewed;

    private DatabaseConnection(string text, Renewable<string>? renewed) => (Text, this.renewed) = (text, renewed);

    /// <summary>The connection string, as it was at start.</summary>
    public string Text { get; }

    /// <summary>One that stays as it is.</summary>
    /// <param name="text">The connection string.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator DatabaseConnection?(string? text) => text is null ? null : new(text, renewed: null);

    /// <summary>One of the settings. New connections use the password that its file holds by then.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="name">Its name.</param>
    /// <returns>Null when it is not given.</returns>
    /// <exception cref="InvalidOperationException">It cannot be read.</exception>
    public static DatabaseConnection? Read(IConfiguration configuration, string name) =>
        ConnectionStrings.Optional(configuration, name) is { } text
            ? new DatabaseConnection(text, new Renewable<string>(text, () => ConnectionStrings.Required(configuration, name)))
            : null;

    /// <summary>Opens a source of connections.</summary>
    /// <param name="settings">This connection string, with what the caller adds.</param>
    /// <param name="loadsTypes">
    /// Whether Npgsql asks the database for its types at the first connection. Where nobody uses types that the database's owner has made,
    /// that question is spared. It takes longer than any other here, the more so the more tables there are.
    /// </param>
    public NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings, bool loadsTypes = true)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var isRenewed = renewed is not null && !string.IsNullOrEmpty(settings.Password);
        var builder = new NpgsqlDataSourceBuilder(
            isRenewed
                ? new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Password = null }.ConnectionString
                : settings.ConnectionString
        );
        if (isRenewed)
        {
            builder.UsePasswordProvider(_ => Password(), (_, _) => ValueTask.FromResult(Password()));
        }

        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(loadsTypes));
        return builder.Build();
    }

    private string Password() => new NpgsqlConnectionStringBuilder(renewed!.Current).Password ?? string.Empty;
}
