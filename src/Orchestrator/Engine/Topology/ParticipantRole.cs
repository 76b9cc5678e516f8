using Npgsql;

namespace SagaOrchestrator.Engine.Topology;

/// <summary>Gives Postgres what a new participant needs: a role, and a schema whose tables the role may use and not change.</summary>
internal static class ParticipantRole
{
    /// <summary>Adds both.</summary>
    /// <param name="migrator">Connects as a role that may make roles and schemas.</param>
    /// <param name="name">The participant, whose name needs no quotes.</param>
    /// <param name="passwords">Makes the password of a new role.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Where the role's password stands.</returns>
    public static async Task<string> Add(string migrator, string name, NewPasswords passwords, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(migrator);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var find = new NpgsqlCommand("select 1 from pg_roles where rolname = $1", connection)
        {
            Parameters = { new() { Value = name } },
        };
        var isNew = await find.ExecuteScalarAsync(cancellationToken) is null;
        var (password, where) = isNew ? passwords.Make(name, "database") : (null, passwords.Known(name, "database"));
        // A password of hexadecimal digits, or of development: it needs no escape.
        var role = isNew ? $"create role {name} login password '{password}';" : string.Empty;
        await using var make = new NpgsqlCommand(
            $"""
            {role}
            create schema if not exists {name};
            grant usage on schema {name} to {name};
            grant select, insert, update, delete on all tables in schema {name} to {name};
            grant usage on all sequences in schema {name} to {name};
            alter default privileges in schema {name} grant select, insert, update, delete on tables to {name};
            alter default privileges in schema {name} grant usage on sequences to {name};
            """,
            connection
        );
        await make.ExecuteNonQueryAsync(cancellationToken);
        return where;
    }
}
