using Npgsql;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.PlanDocuments;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Plan documents in the table <c>plan_document</c>.</summary>
internal sealed class PostgresPlanDocuments(NpgsqlDataSource database, OrchestratorNames names) : IPlanDocuments
{
    private const int Most = 1_000;

    private readonly string readSql = $"""
        select type, version, document, hash, registered_by, registered_at from {names.Schema}.plan_document
        where (type, version) not in (select * from unnest($1::text[], $2::int[]))
        order by registered_at, type, version
        """;

    private readonly string findSql = $"""
        select type, version, document, hash, registered_by, registered_at from {names.Schema}.plan_document
        where type = $1 and version = $2
        """;

    private readonly string addSql = $"""
        with added as (
            insert into {names.Schema}.plan_document (type, version, document, hash, registered_by)
            select $1, $2, $3, $4, $6 where (select count(*) from {names.Schema}.plan_document) < {Most}
            on conflict (type, version) do nothing
            returning type, version),
        structure as (
            insert into {names.Schema}.plan_version (type, version, fingerprint) select type, version, $5 from added
            on conflict (type, version) do update set fingerprint = excluded.fingerprint, registered_at = now()),
        action as (
            insert into {names.Schema}.operator_action (kind, subject, verb, who, origin, why)
            select '{Subjects.Plan}', type || '/' || version, 'register', $6, $8, $7 from added)
        select count(*) from added
        """;

    public async Task<IReadOnlyList<StoredPlanDocument>> Read(
        IReadOnlyCollection<(string Type, int Version)> known,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.CreateCommand(readSql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. known.Select(version => version.Type)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. known.Select(version => version.Version)] });
        return await Rows(command, cancellationToken);
    }

    public async Task<StoredPlanDocument?> Find(string type, int version, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(findSql);
        command.Parameters.Add(SqlValue.Text(type));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = version });
        return await Rows(command, cancellationToken) is [var found] ? found : null;
    }

    public async Task<bool> Add(NewPlanDocument document, OperatorNote note, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(addSql);
        command.Parameters.Add(SqlValue.Text(document.Type));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = document.Version });
        foreach (var text in new[] { document.Text, document.Hash, document.Fingerprint, note.Who, note.Why, note.Origin })
        {
            command.Parameters.Add(SqlValue.Text(text));
        }

        return await command.ExecuteScalarAsync(cancellationToken) is 1L;
    }

    private static async Task<List<StoredPlanDocument>> Rows(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var documents = new List<StoredPlanDocument>();
        while (await row.ReadAsync(cancellationToken))
        {
            documents.Add(
                new StoredPlanDocument(
                    row.GetString(0),
                    row.GetInt32(1),
                    row.GetString(2),
                    row.GetString(3),
                    row.GetString(4),
                    await row.GetFieldValueAsync<DateTimeOffset>(5, cancellationToken)
                )
            );
        }

        return documents;
    }
}
