using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Engine.Alarms;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Webhooks;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Scopes;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Alarms in the table <c>alarm</c>.</summary>
internal sealed class PostgresAlarms(NpgsqlDataSource database, ServiceOutbox outbox, ReadDatabase reads, OrchestratorNames names) : IAlarms
{
    private const string IsOld = "(escalated_at is null and raised_at < now() - interval '15 minutes')";

    private const string Cause = "cause as (select * from unnest($1, $2, $3) as c (kind, subject, detail))";

    // Three times what a node takes to say it again.
    private const string Alive = "interval '15 seconds'";

    private const string Changed = "kind, subject, detail, raised_at, escalated_at is not null as is_critical, cleared_at";

    // Whoever holds it writes alarms, so that what became of them has positions in the order of commits.
    private readonly string lockSql = $"select from {names.Schema}.projection where name = 'alarms' for update";

    // Says what is known anew, and whether there is more to do: mostly there is not.
    private readonly string keepSql = $"""
        with {Cause},
        known as (
            update {names.Schema}.alarm a set detail = c.detail from cause c
            where a.cleared_at is null and (a.kind, a.subject) = (c.kind, c.subject)
            returning a.kind, a.subject)
        select exists (select from cause where (kind, subject) not in (select kind, subject from known))
            or exists (
                select from {names.Schema}.alarm where cleared_at is null
                and ((kind, subject) not in (select kind, subject from cause) or {IsOld}))
        """;

    private readonly string updateSql = $"""
        with {Cause},
        raised as (
            insert into {names.Schema}.alarm (kind, subject, detail)
            select kind, subject, detail from cause where (kind, subject) not in (
                select kind, subject from {names.Schema}.alarm where cleared_at is null)
            on conflict do nothing
            returning {Changed}),
        cleared as (
            update {names.Schema}.alarm set cleared_at = now()
            where cleared_at is null and (kind, subject) not in (select kind, subject from cause)
            returning {Changed}),
        changed as (
            select '{nameof(WebhookEvent.Cleared)}' as what, * from cleared
            union all select '{nameof(WebhookEvent.Raised)}', * from raised),
        {Told(names.Schema)}
        """;

    // Apart from the other: one statement does not change a row twice.
    private readonly string escalateSql = $"""
        with escalated as (
            update {names.Schema}.alarm set escalated_at = now()
            where cleared_at is null and {IsOld}
            returning {Changed}),
        changed as (select '{nameof(WebhookEvent.Escalated)}' as what, * from escalated),
        {Told(names.Schema)}
        """;

    // By itself: with the rows of alarms it could wait for whoever writes them and waits for it.
    private readonly string lookedSql = $"update {names.Schema}.projection set looked_at = now() where name = 'alarms'";

    private readonly string sinceSql = $"select now() - looked_at from {names.Schema}.projection where name = 'alarms'";

    private readonly string seeSql = $"""
        with {Cause},
        unseen as (
            delete from {names.Schema}.alarm_sight
            where node = $4 and (kind, subject) not in (select kind, subject from cause)
                or node <> $4 and seen_at < now() - interval '1 hour')
        insert into {names.Schema}.alarm_sight (node, kind, subject, detail) select $4, kind, subject, detail from cause
        on conflict (node, kind, subject) do update set detail = excluded.detail, seen_at = now()
        """;

    private readonly string sightsSql = $"""
        select distinct on (kind, subject) kind, subject, detail from {names.Schema}.alarm_sight
        where seen_at > now() - {Alive} order by kind, subject, node
        """;

    private readonly string readSql = $"""
        select kind, subject, detail, raised_at, escalated_at is not null, cleared_at from {names.Schema}.alarm
        where (cleared_at is null) = $1 order by raised_at desc limit $2
        """;

    // What became of alarms is published with the transaction that says so: once for each change.
    public async Task<IReadOnlyList<AlarmChange>> Update(IReadOnlyList<AlarmCause> causes, CancellationToken cancellationToken)
    {
        await using var looked = database.CreateCommand(lookedSql);
        await looked.ExecuteNonQueryAsync(cancellationToken);
        if (!await IsChanged(causes, cancellationToken))
        {
            return [];
        }

        using var unit = new UnitOfWork(inbox: null);
        var write = new AlarmWrite(scope => Write(scope, causes, cancellationToken));
        unit.Add(write);
        await outbox.Complete(unit, cancellationToken);
        return write.Changes;
    }

    private async Task<bool> IsChanged(IReadOnlyList<AlarmCause> causes, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(keepSql);
        command.Parameters.AddRange(Columns(causes));
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<IReadOnlyList<AlarmChange>> Write(
        PostgresScope scope,
        IReadOnlyList<AlarmCause> causes,
        CancellationToken cancellationToken
    )
    {
        await using var alone = scope.Command(lockSql);
        await alone.ExecuteNonQueryAsync(cancellationToken);
        await using var updating = scope.Command(updateSql, [.. Columns(causes)]);
        var changes = await Changes(updating, cancellationToken);
        await using var escalating = scope.Command(escalateSql);
        return [.. changes, .. await Changes(escalating, cancellationToken)];
    }

    private static NpgsqlParameter[] Columns(IReadOnlyList<AlarmCause> causes)
    {
        NpgsqlParameter Column(Func<AlarmCause, string> value) => SqlValue.Array(causes.Select(value).ToArray(), NpgsqlDbType.Text);
        return [Column(cause => cause.Kind), Column(cause => cause.Subject), Column(cause => cause.Detail)];
    }

    public async Task<TimeSpan?> SinceLastLook(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sinceSql);
        return await command.ExecuteScalarAsync(cancellationToken) is TimeSpan since ? since : null;
    }

    public async Task See(Guid node, IReadOnlyList<AlarmCause> causes, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(seeSql);
        command.Parameters.AddRange(Columns(causes));
        command.Parameters.Add(SqlValue.Id(node));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<AlarmCause>> Sights(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sightsSql);
        return await command.Rows(row => new AlarmCause(row.GetString(0), row.GetString(1), row.GetString(2)), cancellationToken);
    }

    public async Task<IReadOnlyList<Alarm>> Read(bool isStanding, int limit, CancellationToken cancellationToken)
    {
        await using var command = reads.Source.CreateCommand(readSql);
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = isStanding });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await command.Rows(
            row => new Alarm(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetFieldValue<DateTimeOffset>(3),
                row.GetBoolean(4) ? AlarmLevel.Critical : AlarmLevel.Warning,
                row.TimeOrNull(5)
            ),
            cancellationToken
        );
    }

    private static string Told(string schema) =>
        $"""
            told as (
                insert into {schema}.alarm_event (what, kind, subject, detail, raised_at, level, cleared_at)
                select what, kind, subject, detail, raised_at,
                    case when is_critical then '{nameof(AlarmLevel.Critical)}' else '{nameof(AlarmLevel.Warning)}' end, cleared_at
                from changed
                returning position, what, kind, subject, detail, raised_at, at)
            select position, lower(what), kind, subject, detail, raised_at, at from told order by position
            """;

    private static async Task<List<AlarmChange>> Changes(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        return await command.Rows(
            row => new AlarmChange(
                row.GetInt64(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                row.GetString(4),
                row.GetFieldValue<DateTimeOffset>(5),
                row.GetFieldValue<DateTimeOffset>(6)
            ),
            cancellationToken
        );
    }
}
