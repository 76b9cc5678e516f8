using Npgsql;
using SagaOrchestrator.Engine.Hosting;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Server;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>A database with the product's schemas and nothing running on it.</summary>
internal sealed class EmptyDatabase : IAsyncDisposable
{
    private readonly string name;

    private EmptyDatabase(string name, string connectionString)
    {
        this.name = name;
        ConnectionString = connectionString;
        // Tests hold rows for as long as they need.
        Service = ServiceDatabase.Open(connectionString + ";Options=-c lock_timeout=0");
    }

    public string ConnectionString { get; }

    public ServiceDatabase Service { get; }

    public NpgsqlDataSource Source => Service.Source;

    public static async Task<EmptyDatabase> Create()
    {
        var database = "s" + Guid.NewGuid().ToString("N");
        await using var command = TestServers.Database.CreateCommand($"create database {database} template {await SchemaTemplate.Name()}");
        await command.ExecuteNonQueryAsync();

        var connection = new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Database = database, MaxPoolSize = 20 }.ConnectionString;
        return new EmptyDatabase(database, connection);
    }

    public async Task<T> Query<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await using var command = TestServers.Database.CreateCommand($"drop database if exists {name} with (force)");
        await command.ExecuteNonQueryAsync();
    }
}
