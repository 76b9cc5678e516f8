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
    public NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (renewed is null || string.IsNullOrEmpty(settings.Password))
        {
            return NpgsqlDataSource.Create(settings);
        }

        var builder = new NpgsqlDataSourceBuilder(
            new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Password = null }.ConnectionString
        );
        builder.UsePasswordProvider(_ => Password(), (_, _) => ValueTask.FromResult(Password()));
        return builder.Build();
    }

    private string Password() => new NpgsqlConnectionStringBuilder(renewed!.Current).Password ?? string.Empty;
}
