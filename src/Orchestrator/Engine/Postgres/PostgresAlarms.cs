using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Engine.Alarms;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Messaging.Postgres.Databases;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Alarms in the table <c>alarm</c>.</summary>
internal sealed class PostgresAlarms(NpgsqlDataSource database, ReadDatabase reads, OrchestratorNames names) : IAlarms
{
    private const string AgeOfCritical = "interval '15 minutes'";

    private readonly string updateSql = $"""
        with cause as (select * from unnest($1, $2, $3) as c (kind, subject, detail)),
        known as (
            update {names.Schema}.alarm a set detail = c.detail from cause c
            where a.cleared_at is null and (a.kind, a.subject) = (c.kind, c.subject)
            returning a.kind, a.subject),
        raised as (
            insert into {names.Schema}.alarm (kind, subject, detail)
            select kind, subject, detail from cause where (kind, subject) not in (select kind, subject from known)
            on conflict do nothing
            returning kind, subject, detail),
        cleared as (
            update {names.Schema}.alarm set cleared_at = now()
            where cleared_at is null and (kind, subject) not in (select kind, subject from cause)
            returning kind, subject, detail)
        select '{AlarmLog.RaisedWord}', kind, subject, detail from raised
        union all select '{AlarmLog.ClearedWord}', kind, subject, detail from cleared
        """;

    // Apart from the other: one statement does not change a row twice.
    private readonly string escalateSql = $"""
        update {names.Schema}.alarm set escalated_at = now()
        where cleared_at is null and escalated_at is null and raised_at < now() - {AgeOfCritical}
        returning '{AlarmLog.EscalatedWord}', kind, subject, detail
        """;

    private readonly string readSql = $"""
        select kind, subject, detail, raised_at, escalated_at is not null, cleared_at from {names.Schema}.alarm
        where (cleared_at is null) = $1 order by raised_at desc limit $2
        """;

    public async Task<IReadOnlyList<AlarmChange>> Update(IReadOnlyList<AlarmCause> causes, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(updateSql);
        command.Parameters.Add(SqlValue.Array(causes.Select(cause => cause.Kind).ToArray(), NpgsqlDbType.Text));
        command.Parameters.Add(SqlValue.Array(causes.Select(cause => cause.Subject).ToArray(), NpgsqlDbType.Text));
        command.Parameters.Add(SqlValue.Array(causes.Select(cause => cause.Detail).ToArray(), NpgsqlDbType.Text));
        await using var escalating = database.CreateCommand(escalateSql);
        return [.. await Changes(command, cancellationToken), .. await Changes(escalating, cancellationToken)];
    }

    public async Task<IReadOnlyList<Alarm>> Read(bool isStanding, int limit, CancellationToken cancellationToken)
    {
        await using var command = reads.Source.CreateCommand(readSql);
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = isStanding });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var alarms = new List<Alarm>();
        while (await row.ReadAsync(cancellationToken))
        {
            alarms.Add(
                new Alarm(
                    row.GetString(0),
                    row.GetString(1),
                    row.GetString(2),
                    row.GetFieldValue<DateTimeOffset>(3),
                    row.GetBoolean(4) ? AlarmLevel.Critical : AlarmLevel.Warning,
                    row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5)
                )
            );
        }

        return alarms;
    }

    private static async Task<List<AlarmChange>> Changes(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var changes = new List<AlarmChange>();
        while (await row.ReadAsync(cancellationToken))
        {
            changes.Add(new AlarmChange(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)));
        }

        return changes;
    }
}
