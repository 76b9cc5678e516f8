using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Participants.Services;
using SagaOrchestrator.Server;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>
/// A database with every schema of the product and no rows. A test's own is a copy of it, which takes a fraction of the time that the
/// scripts take. Its name says what the scripts are, so that every process on the same server shares it.
/// </summary>
internal static class SchemaTemplate
{
    private const string Unfinished = "schemas_unfinished";
    private static readonly Lazy<Task<string>> Made = new(Make);

    /// <summary>The name of the database, for <c>create database … template</c>.</summary>
    public static Task<string> Name() => Made.Value;

    private static async Task<string> Make()
    {
        var migrations = await Migrations();
        var name = "schemas_" + Hash(migrations.SelectMany(migration => migration.Scripts));
        await using var connection = await TestServers.Database.OpenConnectionAsync();
        await Execute(connection, "select pg_advisory_lock(hashtext('schemas'))");
        if (!await Exists(connection, name))
        {
            await Execute(connection, $"drop database if exists {Unfinished} with (force)");
            await Execute(connection, $"create database {Unfinished}");
            await Apply(migrations);
            await Execute(connection, $"alter database {Unfinished} rename to {name}");
        }

        await Execute(connection, "select pg_advisory_unlock(hashtext('schemas'))");
        return name;
    }

    private static async Task Apply(IEnumerable<SchemaMigration> migrations)
    {
        var settings = new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Database = Unfinished, Pooling = false };
        await using (var database = NpgsqlDataSource.Create(settings))
        {
            await Sandbox.MakeRoles(database);
        }

        foreach (var migration in migrations)
        {
            await (migration with { ConnectionString = settings.ConnectionString }).Apply(TextWriter.Null, CancellationToken.None);
        }
    }

    private static async Task<List<SchemaMigration>> Migrations()
    {
        var settings = Sandbox.SettingsOf("postgres");
        await using var orchestrator = OrchestratorApp.Build(RunningSystem.Arguments(settings));
        var migrations = new List<SchemaMigration> { orchestrator.Services.GetRequiredService<SchemaMigration>() };
        foreach (var service in ParticipantService.All)
        {
            using var participant = ParticipantApp.Build(service, [.. settings.Select(setting => $"--{setting.Key}={setting.Value}")]);
            migrations.Add(participant.Services.GetRequiredService<SchemaMigration>());
        }

        return migrations;
    }

    private static string Hash(IEnumerable<SchemaScript> scripts)
    {
        var text = string.Join('\n', scripts.Select(script => script.Name + script.Sql));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    private static async Task<bool> Exists(NpgsqlConnection connection, string database)
    {
        await using var command = new NpgsqlCommand($"select exists (select 1 from pg_database where datname = '{database}')", connection);
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
