using Npgsql;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>
/// Fills the tables with copies of sagas that have ended, with everything that they left, each a second older than the one before.
/// </summary>
internal static class StoredSagas
{
    /// <summary>How many there are to copy.</summary>
    public const int Originals = 100;

    // What the product derives has another version; so copies are told from sagas, and have the same id in every table and database.
    private const char VersionOfCopies = '4';
    private const int PlaceOfVersion = 13;

    /// <summary>Whether a saga's id is that of a copy, as SQL.</summary>
    public static string IsCopy(string column) => $"(substr({column}::text, {PlaceOfVersion + 2}, 1) = '{VersionOfCopies}')";

    /// <summary>Fills up to a number of sagas.</summary>
    /// <returns>How many are copies.</returns>
    public static async Task<int> Copy(BenchServers servers, int sagas, CancellationToken cancellationToken)
    {
        var copies = (sagas / Originals) - 1;
        if (copies < 1)
        {
            throw new BenchmarkFailure($"Less than {2 * Originals} stored sagas cannot be made: they are copies of {Originals}.");
        }

        await Task.WhenAll(
            Fill(
                servers,
                BenchServers.OrchestratorDatabase,
                ["saga", "saga_turn", "inbox"],
                [Roles.Orchestrator],
                copies,
                cancellationToken
            ),
            Fill(
                servers,
                BenchServers.ParticipantsDatabase,
                ["fence", "inbox", "effect"],
                [.. Steps.All.Select(step => step.Participant)],
                copies,
                cancellationToken
            )
        );
        return copies * Originals;
    }

    /// <summary>The bytes of both databases.</summary>
    public static async Task<double> Size(BenchServers servers) =>
        await servers.Query<long>(
            $"select (pg_database_size('{BenchServers.OrchestratorDatabase}') + "
                + $"pg_database_size('{BenchServers.ParticipantsDatabase}'))::bigint"
        );

    private static async Task Fill(
        BenchServers servers,
        string database,
        IReadOnlyList<string> tables,
        IReadOnlyList<string> schemas,
        int copies,
        CancellationToken cancellationToken
    )
    {
        await using var source = servers.Open(database);
        foreach (var table in schemas.SelectMany(schema => tables.Select(table => (schema, table))))
        {
            await Execute(source, await Statement(source, table.schema, table.table, copies, cancellationToken), cancellationToken);
            // As autovacuum would have left it, which would else come in the middle of the burst.
            await Execute(source, $"vacuum (analyze) {table.schema}.{table.table}", cancellationToken);
        }
    }

    private static async Task<string> Statement(
        NpgsqlDataSource source,
        string schema,
        string table,
        int copies,
        CancellationToken cancellationToken
    )
    {
        var (names, values) = (new List<string>(), new List<string>());
        await using var command = source.CreateCommand(
            $"""
            select column_name, data_type from information_schema.columns
            where table_schema = '{schema}' and table_name = '{table}' and is_identity = 'NO'
                and is_generated = 'NEVER' order by ordinal_position
            """
        );
        await using var columns = await command.ExecuteReaderAsync(cancellationToken);
        while (await columns.ReadAsync(cancellationToken))
        {
            names.Add(columns.GetString(0));
            values.Add(Value(table, columns.GetString(0), columns.GetString(1)));
        }

        return $"insert into {schema}.{table} ({string.Join(", ", names)}) select {string.Join(", ", values)} from generate_series(1, "
            + $"{copies}) as copy (no) cross join {schema}.{table} as original";
    }

    private static string Value(string table, string column, string type) =>
        (table, column, type) switch
        {
            ("saga", "id", _) or (_, "saga_id", _) =>
                $"overlay(md5(original.{column}::text || copy.no) placing '{VersionOfCopies}' from {PlaceOfVersion})::uuid",
            (_, "message_id", _) => "gen_random_uuid()",
            (_, "business_key", _) => "original.business_key || '-' || copy.no",
            (_, _, "timestamp with time zone") => $"original.{column} - copy.no * interval '1 second'",
            _ => "original." + column,
        };

    private static async Task Execute(NpgsqlDataSource source, string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = BenchServers.LongestCommand;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
