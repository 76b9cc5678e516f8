namespace SagaOrchestrator.Engine.Postgres;

/// <summary>The statements of bulk jobs.</summary>
internal sealed class BulkJobSql(string schema)
{
    // A node that does not speak for so long is taken for dead.
    private const string Lease = "interval '15 seconds'";

    private const string Columns = "id, created_at, ended_at, state, state_reason, total, orders";

    public string Results { get; } = $"{schema}.bulk_result";

    public string Insert { get; } =
        $"""
            with action as (
                insert into {schema}.operator_action (kind, subject, verb, who, why, origin) values ('bulk-job', $1::text, 'create', $4,
                    $5, $6))
            insert into {schema}.bulk_job (id, state, total, orders) values ($1, 'Running', $2, $3) returning {Columns}
            """;

    public string InsertItems { get; } =
        $"""
            insert into {schema}.bulk_item (job_id, number, target_id, step)
            select $1, no, target_id, step from unnest($2, $3) with ordinality as w (target_id, step, no)
            """;

    public string Find { get; } = $"select {Columns} from {schema}.bulk_job where id = $1";

    public string List { get; } =
        $"""
            select {Columns} from {schema}.bulk_job where $1::timestamptz is null or (created_at, id) < ($1, $2)
            order by created_at desc, id desc limit $3
            """;

    public string Progress { get; } =
        $"""
            select count(*) filter (where r.outcome = 'Done')::int,
                   count(*) filter (where r.outcome = 'Refused')::int,
                   count(*) filter (where r.outcome = 'Failed')::int,
                   count(*) filter (where r.outcome = 'Done' and s.verdict in ('Completed', 'Undone'))::int,
                   count(*) filter (where r.outcome = 'Done' and s.ended_at is not null and s.verdict not in ('Completed', 'Undone'))::int,
                   count(*) filter (where r.outcome = 'Done' and s.waits_for = 'Operator')::int
            from {schema}.bulk_result r
            join {schema}.bulk_item i using (job_id, number)
            left join {schema}.saga_summary s on s.id = i.target_id
            where r.job_id = $1
            """;

    public string Items { get; } =
        $"""
            select i.number, i.target_id, i.step, r.outcome, r.code, r.reason, r.at
            from {schema}.bulk_item i left join {schema}.bulk_result r using (job_id, number)
            where i.job_id = $1 and i.number > $3 and ($2::text is null or coalesce(r.outcome, 'Pending') = $2)
            order by i.number limit $4
            """;

    public string Change { get; } =
        $"""
            with changed as (
                update {schema}.bulk_job
                set state = $3, state_reason = case when $3 in ('Running', 'Finished') then null else $4 || ': ' || $5 end,
                    ended_at = case when $6 then now() end, node = null, node_until = null
                where id = $1 and state = any ($2) returning {Columns}),
            action as (
                insert into {schema}.operator_action (kind, subject, verb, who, why, origin)
                select 'bulk-job', id::text, $7, $4, $5, $8 from changed where $7::text is not null)
            select {Columns} from changed
            """;

    public string Claim { get; } =
        $"""
            update {schema}.bulk_job set node = $1, node_until = now() + {Lease}
            where id = (
                select id from {schema}.bulk_job where state = 'Running' and (node_until is null or node_until < now() or node = $1)
                order by created_at limit 1 for update skip locked)
            returning {Columns}
            """;

    public string Keep { get; } =
        $"update {schema}.bulk_job set node_until = now() + {Lease} where id = $1 and node = $2 and state = 'Running' and node_until > "
        + $"now()";

    public string Release { get; } = $"update {schema}.bulk_job set node = null, node_until = null where id = $1 and node = $2";

    public string CountResults { get; } = $"select count(*)::int from {schema}.bulk_result where job_id = $1 and number > $2";

    public string Next { get; } =
        $"""
            select i.number, i.target_id, i.step, null, null, null, null::timestamptz
            from {schema}.bulk_item i
            where i.job_id = $1 and i.number > $2
                and not exists (select from {schema}.bulk_result r where r.job_id = i.job_id and r.number = i.number)
            order by i.number limit $3
            """;

    public string InsertResult { get; } =
        $"insert into {schema}.bulk_result (job_id, number, outcome, code, reason) values ($1, $2, $3, $4, $5) on conflict do nothing";

    public string HasResult { get; } = $"select exists (select from {schema}.bulk_result where job_id = $1 and number = $2)";
}
