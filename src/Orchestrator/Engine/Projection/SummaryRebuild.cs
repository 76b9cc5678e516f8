using Npgsql;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Engine.Projection;

/// <summary>
/// Makes every summary anew: throws them away and notes all sagas as changed, in one transaction, while nobody else writes summaries. The
/// running nodes then write them as they write any other; until they are through, lists lack sagas. Statistics are counted anew from the
/// day on of which every saga is still there; what was counted before stays, because retention has deleted some of its sagas.
/// </summary>
internal sealed class SummaryRebuild(ServiceDatabase database, OrchestratorNames names)
{
    private readonly string sql = $"""
        select name from {names.Schema}.projection where name = 'summaries' for update;
        update {names.Schema}.projection
        set counted_from = (
            select case when min(ended_at) < now() - interval '1 day'
                        then date_trunc('day', min(ended_at), 'UTC') + interval '1 day' else '-infinity' end
            from {names.Schema}.saga)
        where name = 'summaries';
        delete from {names.Schema}.saga_statistic using {names.Schema}.projection p
        where p.name = 'summaries' and begins_at >= counted_from;
        delete from {names.Schema}.saga_statistic_failure using {names.Schema}.projection p
        where p.name = 'summaries' and begins_at >= counted_from;
        delete from {names.Schema}.saga_statistic_duration using {names.Schema}.projection p
        where p.name = 'summaries' and begins_at >= counted_from;
        delete from {names.Schema}.saga_statistic_amount using {names.Schema}.projection p
        where p.name = 'summaries' and begins_at >= counted_from;
        delete from {names.Schema}.saga_statistic_answer using {names.Schema}.projection p
        where p.name = 'summaries' and hour >= counted_from;
        delete from {names.Schema}.saga_timer;
        delete from {names.Schema}.saga_changed;
        delete from {names.Schema}.saga_column;
        delete from {names.Schema}.saga_count;
        delete from {names.Schema}.saga_summary;
        insert into {names.Schema}.saga_changed (ids)
        select array_agg(id)
        from (select id, (row_number() over (order by updated_at, id)) / 20 as part from {names.Schema}.saga) numbered
        group by part order by part;
        """;

    /// <returns>How many sagas there are.</returns>
    public async Task<long> Run(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 })
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var count = new NpgsqlCommand(
            $"select coalesce(sum(cardinality(ids)), 0)::bigint from {names.Schema}.saga_changed",
            connection
        );
        var sagas = (long)(await count.ExecuteScalarAsync(cancellationToken))!;
        await transaction.CommitAsync(cancellationToken);
        return sagas;
    }
}
