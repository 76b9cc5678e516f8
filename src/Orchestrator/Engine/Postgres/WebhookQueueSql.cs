using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Webhooks;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>The statements with which webhooks are delivered.</summary>
internal sealed class WebhookQueueSql(string schema)
{
    // Of a webhook the newest deliveries are kept.
    private const int Kept = 10_000;
    private const int ApartAtOnce = 5;
    private const int InOrderAtOnce = 20;

    private const string Columns = "w.id, w.version, w.url, w.types, w.outcomes, w.alarms, w.state, w.saga_position, w.alarm_position";

    private const string OutcomeColumns =
        "position, saga_id, type, business_key, state, verdict, started_at, ended_at, error_step, error_code, error_reason, columns::text";

    private static readonly string Enabled = $"'{nameof(WebhookState.Enabled)}'";
    private static readonly string Pending = $"'{nameof(DeliveryState.Pending)}'";
    private static readonly string Failed = $"'{nameof(DeliveryState.Failed)}'";

    // While the first in order waits for its next attempt, what happened meanwhile waits where it is.
    public string Claim { get; } =
        $"""
            update {schema}.webhook w set node = $1, node_until = now() + $2
            where id = (
                select c.id from {schema}.webhook c
                left join lateral (
                    select due_at from {schema}.webhook_delivery d
                    where d.webhook_id = c.id and d.state = {Pending} and not d.is_apart order by number limit 1) first on true
                where (c.node_until is null or c.node_until < now())
                    and (exists (
                            select from {schema}.webhook_delivery d
                            where d.webhook_id = c.id and d.state = {Pending} and d.is_apart and d.due_at <= now()
                                and (not d.is_bulk or c.bulk_after is null or c.bulk_after <= now()))
                        or c.state = {Enabled} and coalesce(first.due_at <= now(),
                            exists (select from {schema}.saga_outcome o where o.position > c.saga_position)
                            or exists (select from {schema}.saga_parking p where p.position > c.saga_position)
                            or exists (select from {schema}.alarm_event a where a.position > c.alarm_position)))
                order by c.node_until nulls first limit 1 for update of c skip locked)
            returning {Columns}
            """;

    public string Release { get; } = $"update {schema}.webhook set node = null, node_until = null where id = $1 and node = $2";

    public string Outcomes { get; } = $"select {OutcomeColumns} from {schema}.saga_outcome where position > $1 order by position limit $2";

    public string Parkings { get; } =
        $"""
            select position, saga_id, type, business_key, started_at, parked_at, step, code, reason, columns::text
            from {schema}.saga_parking where position > $1 order by position limit $2
            """;

    public string Alarms { get; } =
        $"""
            select position, what, at, kind, subject, detail, raised_at, level, cleared_at
            from {schema}.alarm_event where position > $1 order by position limit $2
            """;

    public string Write { get; } =
        $"""
            with held as (
                update {schema}.webhook set saga_position = $4, alarm_position = $5, last_number = last_number + cardinality($6),
                    node_until = now() + $10
                where id = $1 and node = $2 and version = $3 and node_until > now()
                returning last_number - cardinality($6) as last),
            made as (
                insert into {schema}.webhook_delivery (webhook_id, number, event, saga_id, body, occurred_at, give_up_at)
                select $1, held.last + no, event, saga_id, body, occurred_at, occurred_at + $11
                from held, unnest($6, $7, $8, $9) with ordinality as w (event, saga_id, body, occurred_at, no)),
            trimmed as (
                delete from {schema}.webhook_delivery d using held
                where d.webhook_id = $1 and d.number <= held.last - {Kept} and d.state <> {Pending})
            select count(*)::int from held
            """;

    // What an operator asked for alone goes first. Of many, one that was tried in vain lets the others go before it.
    public string Apart { get; } =
        $"""
            select {WebhookSql.DeliveryColumns} from {schema}.webhook_delivery
            where webhook_id = $1 and state = {Pending} and is_apart and due_at <= now()
                and (not is_bulk or exists (
                    select from {schema}.webhook where id = $1 and (bulk_after is null or bulk_after <= now())))
            order by is_bulk, case when is_bulk then attempts else 0 end, number limit {ApartAtOnce}
            """;

    // Up to the first that is not due.
    public string InOrder { get; } =
        $"""
            select {WebhookSql.DeliveryColumns}
            from (
                select *, bool_and(due_at <= now()) over (order by number) as is_due
                from (
                    select * from {schema}.webhook_delivery
                    where webhook_id = $1 and $2 and state = {Pending} and not is_apart order by number limit {InOrderAtOnce}) first) due
            where is_due order by number
            """;

    public string IsWaiting { get; } =
        $"select exists (select from {schema}.webhook_delivery where webhook_id = $1 and state = {Pending} and not is_apart)";

    public string Secrets { get; } =
        $"""
            select secret from {schema}.webhook_secret where webhook_id = $1 and (ends_at is null or ends_at > now()) order by number desc
            """;

    // A receiver that takes what an operator asked for takes what waits too.
    public string NoteTaken { get; } =
        $"""
            with held as (
                update {schema}.webhook set node_until = now() + $6, failing_since = null, bulk_after = null
                where id = $1 and node = $2 and node_until > now() returning version),
            noted as (
                update {schema}.webhook_delivery
                set state = '{nameof(DeliveryState.Delivered)}', attempts = attempts + 1, attempted_at = now(), ended_at = now(),
                    status = $5, problem = null
                where webhook_id = $1 and number = $4 and exists (select from held) returning state, is_apart),
            due as (
                update {schema}.webhook_delivery d set due_at = now() from noted
                where noted.is_apart and d.webhook_id = $1 and d.state = {Pending} and not d.is_apart)
            select version = $3, (select state from noted) from held
            """;

    // What the former receiver answered says nothing of the one that an operator has named meanwhile: then the version is another.
    public string NoteNotTaken { get; } =
        $"""
            with held as (
                update {schema}.webhook
                set node_until = now() + $6, version = version + case when $9 and version = $3 and state = {Enabled} then 1 else 0 end,
                    bulk_after = case when exists (
                        select from {schema}.webhook_delivery d where d.webhook_id = $1 and d.number = $4 and d.is_bulk)
                        then now() + $8 else bulk_after end,
                    failing_since = case when $10 or version <> $3 then failing_since else coalesce(failing_since, now()) end,
                    state = case when $9 and version = $3 and state = {Enabled} then '{nameof(WebhookState.Gone)}' else state end
                where id = $1 and node = $2 and node_until > now() returning id, version, state),
            action as (
                insert into {schema}.operator_action (kind, subject, verb, who, why)
                select '{Subjects.Webhook}', id::text, 'disable', 'the webhook''s receiver', 'It answered 410 Gone.' from held
                where $9 and version = $3 + 1 and state = '{nameof(WebhookState.Gone)}'),
            noted as (
                update {schema}.webhook_delivery
                set state = case when now() + $8 > give_up_at then {Failed} else {Pending} end,
                    ended_at = case when now() + $8 > give_up_at then now() end,
                    due_at = case when now() + $8 > give_up_at then due_at else now() + $8 end,
                    attempts = attempts + 1, attempted_at = now(), status = $5, problem = $7
                where webhook_id = $1 and number = $4 and state = {Pending} and exists (select from held) returning state)
            select version = $3, (select state from noted) from held
            """;

    public string Failing { get; } =
        $"""
            select w.id, w.url, w.state, coalesce(w.failing_since, w.changed_at),
                (select count(*)::int from {schema}.webhook_delivery d where d.webhook_id = w.id and d.state = {Failed}),
                (select problem from {schema}.webhook_delivery d
                 where d.webhook_id = w.id and d.state = {Pending} and not d.is_apart order by number limit 1)
            from {schema}.webhook w
            where w.state = '{nameof(WebhookState.Gone)}' or w.state = {Enabled} and w.failing_since < now() - $1
            """;

    public string Lags { get; } =
        $"""
            select w.id, coalesce(extract(epoch from now() - (
                select occurred_at from {schema}.webhook_delivery d
                where d.webhook_id = w.id and d.state = {Pending} and not d.is_apart order by number limit 1)), 0)::float8
            from {schema}.webhook w where w.state = {Enabled}
            """;
}
