using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Messaging.Postgres.Schema;

/// <summary>Whether a schema is what a program needs. Asks as the service's own role, and changes nothing.</summary>
public static class SchemaCheck
{
    /// <summary>Refuses a schema that lacks scripts of the program.</summary>
    /// <param name="database">Connects as the service's own role.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="scripts">What the program needs.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>The scripts that a newer program has applied, and this one does not know.</returns>
    /// <exception cref="InvalidOperationException">The schema is older; the message says what to do.</exception>
    public static async Task<IReadOnlyList<string>> Run(
        NpgsqlDataSource database,
        string schema,
        IReadOnlyList<SchemaScript> scripts,
        CancellationToken cancellationToken
    )
    {
        var applied = await Applied(database, schema, cancellationToken);
        return scripts.Where(script => !applied.Contains(script.Name)).ToArray() is { Length: > 0 } missing
            ? throw new InvalidOperationException(
                $"The schema '{schema}' is older than this program: it lacks {missing[0].Name}"
                    + (missing.Length > 1 ? $" and {missing.Length - 1} more. " : ". ")
                    + Remedy
            )
            : [.. applied.Except(scripts.Select(script => script.Name)).Order(StringComparer.Ordinal)];
    }

    private const string Remedy =
        "Run the program's verb 'migrate' with ConnectionStrings__Migrator, a role that may change tables; then start again.";

    private static async Task<HashSet<string>> Applied(NpgsqlDataSource database, string schema, CancellationToken cancellationToken)
    {
        await using (
            var asking = database.Command(
                """
                select case
                    when not exists (select from pg_namespace where nspname = $1) then 'is not there'
                    when not has_schema_privilege($1, 'usage') then 'is closed to the role ' || quote_ident(current_user)
                    when not exists (
                        select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname = $1 and c.relname = 'schema_script'
                    ) then 'was not made by this program'
                end
                """,
                schema
            )
        )
        {
            if (await asking.ExecuteScalarAsync(cancellationToken) is string problem)
            {
                throw new InvalidOperationException($"The schema '{schema}' {problem}. {Remedy}");
            }
        }

        await using var reading = database.CreateCommand($"select array_agg(name) from {schema}.schema_script");
        return [.. await reading.ExecuteScalarAsync(cancellationToken) is string[] names ? names : []];
    }
}
