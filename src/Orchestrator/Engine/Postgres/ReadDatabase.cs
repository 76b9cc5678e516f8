using Npgsql;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Connections for what people ask: they cannot write, end what takes too long, and may lead to a replica.</summary>
internal sealed class ReadDatabase : IAsyncDisposable, IDisposable
{
    private ReadDatabase(NpgsqlDataSource source) => Source = source;

    public NpgsqlDataSource Source { get; }

    /// <param name="connection">Where to read. What it says goes before the defaults here.</param>
    /// <param name="schema">Where the tables are.</param>
    public static ReadDatabase Open(DatabaseConnection connection, string schema)
    {
        var given = new NpgsqlConnectionStringBuilder(connection.Text);
        var settings = new NpgsqlConnectionStringBuilder
        {
            NoResetOnClose = true,
            MaxPoolSize = 20,
            KeepAlive = 10,
            SearchPath = schema,
            // A query is planned for what it asks, and one of so few rows is not worth compiling.
            Options = "-c default_transaction_read_only=on -c statement_timeout=10s -c plan_cache_mode=force_custom_plan -c jit=off",
        };
        foreach (var key in given.Keys)
        {
            settings[key] = given[key];
        }

        return new ReadDatabase(connection.Source(settings, loadsTypes: false));
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    public void Dispose() => Source.Dispose();
}
