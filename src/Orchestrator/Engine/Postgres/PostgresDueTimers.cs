using Npgsql;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Timers;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Due rows on the database's clock. Several nodes may look at once; each row is taken by one.</summary>
internal sealed class PostgresDueTimers(NpgsqlDataSource database, OrchestratorNames names, PlanCatalogue plans) : IDueTimers
{
    // The row's version is left alone: sending a timer changes nothing about the saga. The row is looked at again only when the message
    // may have been lost; until then the index does not lead to it.
    private readonly string claimSql = $"""
        update {names.Schema}.saga as s
        set wake_sent_at = now(), wake_check_at = now() + interval '30 seconds'
        where s.id in (
            select id from {names.Schema}.saga
            where wake_check_at <= now() - $4 and wake_at <= now() - $4
              and (type, plan_version) in (select * from unnest($2::text[], $3::int[]))
            order by wake_check_at
            limit $1
            for update skip locked)
        returning s.id, s.type, s.wake_for, s.trace_parent, s.started_at <= now() - interval '1 day'
        """;

    // Rows that are looked at too early, because their timer was put off since.
    private readonly string putOffSql = $"""
        update {names.Schema}.saga
        set wake_check_at = wake_at
        where id in (
            select id from {names.Schema}.saga where wake_check_at <= now() and wake_at > now() limit $1 for update skip locked)
        """;

    private readonly string nextSql = $"""
        select extract(epoch from min(wake_check_at) - now())::float8
        from {names.Schema}.saga where wake_check_at > now()
        """;

    public async Task<IReadOnlyList<DueTimer>> Claim(int limit, TimeSpan overdueBy, CancellationToken cancellationToken)
    {
        await PutOff(limit, cancellationToken);
        // A timer of a version that this node lacks is for a node that has it.
        var known = plans.All;
        string[] types = [.. known.Select(plan => plan.Type)];
        int[] versions = [.. known.Select(plan => plan.Definition.Version)];
        await using var command = database.CreateCommand(claimSql);
        command.Parameters.Add(new NpgsqlParameter { Value = limit });
        command.Parameters.Add(new NpgsqlParameter { Value = types });
        command.Parameters.Add(new NpgsqlParameter { Value = versions });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = overdueBy });
        return await command.Rows(
            row => new DueTimer(row.GetGuid(0), row.GetString(1), row.GetString(2), row.TextOrNull(3), row.GetBoolean(4)),
            cancellationToken
        );
    }

    private async Task PutOff(int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(putOffSql);
        command.Parameters.Add(new NpgsqlParameter { Value = limit });
        while (await command.ExecuteNonQueryAsync(cancellationToken) == limit)
        {
            // There may be more of them.
        }
    }

    public async Task Release(Guid sagaId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"update {names.Schema}.saga set wake_sent_at = null, wake_check_at = wake_at where id = $1"
        );
        command.Parameters.Add(new NpgsqlParameter { Value = sagaId });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<TimeSpan?> UntilNext(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(nextSql);
        return await command.ExecuteScalarAsync(cancellationToken) is double seconds ? TimeSpan.FromSeconds(seconds) : null;
    }
}
