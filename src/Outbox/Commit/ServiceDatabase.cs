using Npgsql;

namespace SagaOrchestrator.Outbox.Commit;

/// <summary>Opens a service's database with the settings that the message path needs.</summary>
public static class ServiceDatabase
{
    /// <summary>A pool of connections.</summary>
    /// <param name="connectionString">Where the database is. What it says goes before the defaults here.</param>
    public static NpgsqlDataSource Open(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var settings = new NpgsqlConnectionStringBuilder
        {
            // A reset at each return to the pool is a transaction of its own, and nothing here changes a session.
            NoResetOnClose = true,
            // The statements are few and always the same.
            MaxAutoPrepare = 100,
            KeepAlive = 10,
        };
        foreach (var key in given.Keys)
        {
            settings[key] = given[key];
        }

        return NpgsqlDataSource.Create(settings);
    }
}
