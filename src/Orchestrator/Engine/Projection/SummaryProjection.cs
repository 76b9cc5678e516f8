using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Postgres;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Engine.Projection;

/// <summary>
/// Writes the summaries of sagas that changed. One node at a time holds the projection's row, so that positions are given in the order of
/// commits: whoever has seen one has seen all before it. What is taken from the changes and what is written for it are one transaction.
/// </summary>
internal sealed class SummaryProjection(
    ServiceDatabase database,
    OrchestratorNames names,
    PlanCatalogue plans,
    Summarizer summarizer,
    SummaryColumns columns
)
{
    // Rows of changes, each of which names the sagas of one group.
    private const int Groups = 50;

    private readonly SummaryRows rows = new(names.Schema, Counting.By(plans));
    private readonly AnswerReader answers = new(names.Schema, plans);

    private readonly string takeSql = $"""
        with mine as (
            select counted_from from {names.Schema}.projection where name = 'summaries' for update skip locked),
        taken as (
            delete from {names.Schema}.saga_changed
            where ctid = any (array(select ctid from {names.Schema}.saga_changed where exists (select from mine) limit $1))
            returning ids)
        select array(select distinct id from taken, unnest(ids) as id), (select count(*) from taken), (select counted_from from mine)
        """;

    private readonly string loadSql = $"""
        select {StoredSaga.Columns} from unnest($1) as wanted (id) join {names.Schema}.saga s on s.id = wanted.id
        order by s.updated_at, s.id
        """;

    /// <summary>Writes some of what is due.</summary>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> Run(CancellationToken cancellationToken)
    {
        await using var connection = await database.Groups.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (ids, groups, countedFrom) = await Take(connection, cancellationToken);
        if (ids.Length > 0)
        {
            var before = await rows.Read(connection, ids, cancellationToken);
            var sagas = await Load(connection, ids, cancellationToken);
            var answered = await answers.Read(connection, sagas, before, cancellationToken);
            var changes = sagas
                .Select(saga => Change(saga, before.GetValueOrDefault(saga.CorrelationId)?.Summary, answered[saga.CorrelationId]))
                .Where(change => change.IsNews)
                .ToList();
            await rows.Write(connection, changes, countedFrom, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return groups == Groups;
    }

    private async Task<(Guid[] Ids, long Groups, DateTimeOffset CountedFrom)> Take(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(takeSql, connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Groups });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return (row.GetFieldValue<Guid[]>(0), row.GetInt64(1), row.IsDBNull(2) ? default : row.GetFieldValue<DateTimeOffset>(2));
    }

    private async Task<IReadOnlyList<SagaInstance>> Load(NpgsqlConnection connection, Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(loadSql, connection);
        command.Parameters.Add(SqlValue.Array(ids, NpgsqlDbType.Uuid));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var sagas = new List<SagaInstance>(ids.Length);
        while (await row.ReadAsync(cancellationToken))
        {
            sagas.Add(StoredSaga.Of(row).Read().Saga!);
        }

        return sagas;
    }

    private SummaryChange Change(SagaInstance saga, SagaSummary? before, CountedAnswers answered)
    {
        var after = summarizer.Of(saga, before);
        return new SummaryChange(before, after, before is null ? columns.Indexed(after) : [])
        {
            Counted = answered.Counted,
            Answers = answered.Rows,
            Parkings = answered.Parkings,
        };
    }
}
