using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;
using Quartz;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Schema;

namespace SagaOrchestrator.Engine.Timers;

/// <summary>
/// The tables of Quartz's job store, from the script that the pinned Quartz version carries. It is applied with the
/// schema, so that the orchestrator's own role needs no right to create tables.
/// </summary>
internal static partial class QuartzSchema
{
    public const string TablePrefix = "qrtz_";

    private const string Resource = "Quartz.Impl.AdoJobStore.Schema.create_postgres.sql";

    public static SchemaScript Script { get; } = new("orchestrator/0003_quartz", Read());

    /// <summary>
    /// Throws an <see cref="InvalidOperationException"/> that names a table that is not there. Quartz would look too, but end the process
    /// when the database is away.
    /// </summary>
    public static async Task Check(NpgsqlDataSource database, string schema, CancellationToken cancellationToken)
    {
        string[] tables =
        [
            .. Table().Matches(Script.Sql).Select(match => match.Value.Replace("{schema}", schema, StringComparison.Ordinal)).Distinct(),
        ];
        await using var command = database.CreateCommand(
            "select table_name from unnest($1) as wanted (table_name) where to_regclass(table_name) is null limit 1"
        );
        command.Parameters.Add(SqlValue.Array(tables, NpgsqlDbType.Text));
        if (await command.ExecuteScalarAsync(cancellationToken) is string missing)
        {
            throw new InvalidOperationException(
                $"The scheduler's table {missing} is not there. The schema was applied, and then the table was dropped: "
                    + $"restore it from a backup."
            );
        }
    }

    [GeneratedRegex(@"(?<=create table if not exists )\S+", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Table();

    private static string Read()
    {
        using var stream =
            typeof(IJob).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException(
                $"Quartz no longer carries {Resource}. Find where this version keeps its Postgres script, and add its migration as a new "
                    + $"schema script."
            );
        using var reader = new StreamReader(stream);
        return reader
            .ReadToEnd()
            .Replace("{0}", "{schema}." + TablePrefix, StringComparison.Ordinal)
            .Replace("{1}", TablePrefix, StringComparison.Ordinal);
    }
}
