using Npgsql;

namespace SagaOrchestrator.Messaging.Postgres.Schema;

/// <summary>
/// Applies numbered SQL scripts once each, in order, under a lock on their list, so that any number of processes may start at once.
/// A service's own role cannot take that lock.
/// </summary>
public static class SchemaMigrator
{
    // Two that begin at once may both make the schema.
    private const int Attempts = 5;

    /// <summary>Brings a schema up to date and grants its role what it needs, which does not include changing tables.</summary>
    /// <param name="connectionString">Of a role that may create schemas.</param>
    /// <param name="schema">The schema; made when it does not exist.</param>
    /// <param name="role">The service's role, granted the use of the tables; null to grant nothing.</param>
    /// <param name="scripts">All scripts of that schema.</param>
    /// <param name="cancellationToken">Ends the wait for the lock.</param>
    /// <returns>The names of the scripts that were applied now.</returns>
    public static async Task<IReadOnlyList<string>> Migrate(
        string connectionString,
        string schema,
        string? role,
        IEnumerable<SchemaScript> scripts,
        CancellationToken cancellationToken
    )
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        await using var database = builder.Build();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await MakeList(connection, schema, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Execute(connection, $"lock table {schema}.schema_script in exclusive mode", cancellationToken);
        var applied = new List<string>();
        foreach (var script in scripts)
        {
            if (await Apply(connection, schema, script, cancellationToken))
            {
                applied.Add(script.Name);
            }
        }

        if (role is not null)
        {
            await Grant(connection, schema, role, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return applied;
    }

    private static async Task MakeList(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Execute(
                    connection,
                    $"""
                    create schema if not exists {schema};
                    create table if not exists {schema}.schema_script (
                        name text primary key, applied_at timestamptz not null default now());
                    """,
                    cancellationToken
                );
                return;
            }
            catch (PostgresException exception) when (attempt < Attempts && IsThere(exception.SqlState))
            {
                // Another made it in the same moment, which "if not exists" does not see.
            }
        }
    }

    private static bool IsThere(string state) =>
        state
            is PostgresErrorCodes.UniqueViolation
                or PostgresErrorCodes.DuplicateSchema
                or PostgresErrorCodes.DuplicateTable
                or PostgresErrorCodes.DuplicateObject;

    private static async Task<bool> Apply(
        NpgsqlConnection connection,
        string schema,
        SchemaScript script,
        CancellationToken cancellationToken
    )
    {
        await using var claim = new NpgsqlCommand(
            $"insert into {schema}.schema_script (name) values ($1) on conflict do nothing",
            connection
        );
        claim.Parameters.Add(new NpgsqlParameter { Value = script.Name });
        if (await claim.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            return false;
        }

        await Execute(connection, script.Sql.Replace("{schema}", schema, StringComparison.Ordinal), cancellationToken);
        return true;
    }

    // A table whose comment begins with "Append-only" can be read and appended to, and nothing else: not even its own service may rewrite
    // it.
    private static Task Grant(NpgsqlConnection connection, string schema, string role, CancellationToken cancellationToken) =>
        Execute(
            connection,
            $"""
            grant usage on schema {schema} to {Quoted(role)};
            grant select, insert, update, delete on all tables in schema {schema} to {Quoted(role)};
            grant usage on all sequences in schema {schema} to {Quoted(role)};
            revoke insert, update, delete on {schema}.schema_script from {Quoted(role)};
            do $$
            declare append_only record;
            begin
                for append_only in
                    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = '{schema}' and c.relkind = 'r' and obj_description(c.oid, 'pg_class') like 'Append-only%'
                loop
                    execute format('revoke update, delete on {schema}.%I from {Quoted(role)}', append_only.relname);
                end loop;
            end $$;
            """,
            cancellationToken
        );

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Quoted(string role) => $"\"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
