using SagaOrchestrator.Engine.Audit;
using SagaOrchestrator.Engine.Audit.Running;

namespace SagaOrchestrator.Engine.Postgres.Audit;

/// <summary>The statements of the auditor.</summary>
internal sealed class AuditSql(string schema)
{
    // Sagas end, and are summed up, for a moment before anybody compares them with what participants remember.
    private const string Settling = "interval '5 seconds'";

    private const string StandingAtOnce = "200";

    private const string AboutNoSaga = $"'{FindingKinds.JobAbandoned}', '{FindingKinds.FenceUnreadable}'";

    // Each node tries every second to take a job that nobody has.
    private const string Abandoned = "interval '1 minute'";

    public string SinceLastRun { get; } = $"select now() - started_at from {schema}.audit_run order by number desc limit 1";

    /// <summary>Takes the auditor's place, unless another node has it.</summary>
    public string Lock { get; } =
        $"""
            select all_after, waits_since, waits_after, ended_since, ended_after, now() from {schema}.audit_cursor
            where name = 'sagas' for update skip locked
            """;

    public string Read { get; } =
        $"""
            select s.id, s.type, s.plan_version, s.state, s.progress::text, s.wake_at, s.wake_for, s.wake_check_at, s.ended_at,
                s.updated_at, s.version, s.history_version, s.undoing, m.version, t.last, now()
            from {schema}.saga s
            left join {schema}.saga_summary m on m.id = s.id
            left join lateral (
                select version + json_array_length(entries) - 1 as last from {schema}.saga_turn
                where saga_id = s.id order by version desc limit 1) t on true
            where s.id = any ($1)
            """;

    // Round through all that stand, by the number of the run.
    public string Standing { get; } =
        $"""
            with standing as (
                select subject, row_number() over (order by subject) - 1 as place, count(*) over () as total from (
                    select distinct subject from {schema}.audit_finding where ended_at is null and kind not in ({AboutNoSaga})) s)
            select subject from standing
            where (place - (select coalesce(max(number), 0) * {StandingAtOnce} from {schema}.audit_run) % total + total) % total
                < {StandingAtOnce}
            """;

    public string UnderWay { get; } =
        $"""
            select id, waits_since from {schema}.saga_summary where waits_for is not null and (waits_since, id) > ($1, $2)
            order by waits_since, id limit $3
            """;

    public string All { get; } = $"select id from {schema}.saga where id > $1 order by id limit $2";

    // A sample: when more end than a run compares, the next run begins ten minutes back.
    public string Ended { get; } =
        $"""
            select id, ended_at from {schema}.saga
            where ended_at is not null and ended_at >= greatest($1, now() - interval '10 minutes') and ended_at < now() - {Settling}
                and (ended_at, id) > ($1, $2)
            order by ended_at, id limit $3
            """;

    public string Move { get; } =
        $"""
            update {schema}.audit_cursor
            set all_after = $1, waits_since = $2, waits_after = $3, ended_since = $4, ended_after = $5 where name = 'sagas'
            """;

    /// <summary>Writes the columns anew; only while the saga is the version that was read.</summary>
    public string Write { get; } =
        $"""
            with written as (
                update {schema}.saga
                set state = $3, wake_at = $4, wake_for = $5, wake_check_at = $4, wake_sent_at = null,
                    ended_at = case when $6 then coalesce(ended_at, updated_at) end, undoing = $7
                where id = $1 and version = $2
                returning id),
            changed as (insert into {schema}.saga_changed (ids) select array[id] from written)
            insert into {schema}.operator_action (kind, subject, verb, who, why)
            select 'saga', id::text, '{AuditRepairs.Verb}', '{AuditRepairs.Who}', $8 from written
            """;

    public string SumUp { get; } =
        $"""
            with changed as (insert into {schema}.saga_changed (ids) values (array[$1]))
            insert into {schema}.operator_action (kind, subject, verb, who, why)
            values ('saga', $1::text, '{AuditRepairs.Verb}', '{AuditRepairs.Who}', $2)
            """;

    public string Settled { get; } =
        $"""
            select distinct subject, step from {schema}.operator_action
            where subject = any ($1) and code is null and step is not null and verb in ('resolve-done', 'resolve-not-done', 'skip')
            """;

    // A group's messages are one document, so while a group is there that is as old as a command that may be lost, each may be in it.
    // Younger ones are always there under load, and have been written after such a command.
    public string Unsent { get; } =
        $"""
            select w.id from unnest($1) as w (id)
            where exists (select from {schema}.outbox_group where created_at < now() - $2)
                or exists (select from {schema}.outbox o where o.message_id = w.id)
            """;

    public string DeadLetters { get; } =
        $"select distinct saga_id from {schema}.dead_letter where state = 'waiting' and saga_id = any ($1)";

    public string Jobs { get; } =
        $"""
            select id, coalesce(node_until, created_at) < now() - {Abandoned} from {schema}.bulk_job where state = 'Running'
            order by created_at limit 100
            """;

    /// <summary>Ends the findings of the subjects that were looked at, of kinds that were checked, and were not found again.</summary>
    public string Gone { get; } =
        $"""
            update {schema}.audit_finding f set outcome = '{nameof(AuditOutcome.Gone)}', ended_at = now()
            where f.ended_at is null and (f.subject = any ($1) or f.kind in ({AboutNoSaga}))
                and (f.kind, f.subject, f.step) not in (select * from unnest($2, $3, $4))
                and (f.kind, f.subject) not in (select * from unnest($5, $6))
            """;

    /// <summary>Says of a finding that stands what is wrong now.</summary>
    public string Reworded { get; } =
        $"""
            update {schema}.audit_finding f set detail = w.detail
            from unnest($1, $2, $3, $4) as w (kind, subject, step, detail)
            where f.ended_at is null and (f.kind, f.subject, f.step) = (w.kind, w.subject, w.step) and f.detail <> w.detail
            """;

    public string Left { get; } =
        $"""
            insert into {schema}.audit_finding (kind, subject, step, detail, outcome)
            select kind, subject, step, detail, '{nameof(AuditOutcome.Standing)}'
            from unnest($1, $2, $3, $4) as w (kind, subject, step, detail)
            on conflict do nothing
            """;

    public string Repaired { get; } =
        $"""
            insert into {schema}.audit_finding (kind, subject, step, detail, outcome, ended_at)
            select kind, subject, step, detail, '{nameof(AuditOutcome.Repaired)}', now()
            from unnest($1, $2, $3, $4) as w (kind, subject, step, detail)
            """;

    public string Run { get; } =
        $"""
            insert into {schema}.audit_run
                (started_at, ended_at, sagas, commands, fences, jobs, found, repaired, left_over, all_after)
            values ($1, clock_timestamp(), $2, $3, $4, $5, $6, $7,
                (select count(*)::int from {schema}.audit_finding where ended_at is null), $8)
            returning {RunColumns}
            """;

    public const string RunColumns =
        "number, started_at, extract(epoch from ended_at - started_at)::float8, sagas, commands, fences, jobs, found, repaired, left_over, "
        + "all_after";

    public const string FindingColumns = "kind, subject, step, detail, found_at, outcome, ended_at";
}
