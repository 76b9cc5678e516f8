using SagaOrchestrator.Engine.Webhooks;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>The statements with which webhooks are registered and read.</summary>
internal sealed class WebhookSql(string schema)
{
    public const string DeliveryColumns =
        "number, event, saga_id, body, occurred_at, state, is_apart, attempts, due_at, give_up_at, attempted_at, status, problem, ended_at";

    private static readonly string Enabled = $"'{nameof(WebhookState.Enabled)}'";
    private static readonly string Disabled = $"'{nameof(WebhookState.Disabled)}'";
    private static readonly string Pending = $"'{nameof(DeliveryState.Pending)}'";
    private static readonly string Failed = $"'{nameof(DeliveryState.Failed)}'";

    private static readonly string Many = $"""
        d.webhook_id = $1 and d.event <> '{nameof(WebhookEvent.Ping)}' and ($2::timestamptz is null or d.occurred_at >= $2)
            and ($3::timestamptz is null or d.occurred_at < $3)
            and ($4::text is null or coalesce(d.status::text, '{DeliveryFilter.NoAnswer}') = $4)
        """;

    // One after the other, so that they are counted right.
    public string Lock { get; } = $"select from {schema}.projection where name = 'alarms' for update";

    public string Create { get; } =
        $"""
            with made as (
                insert into {schema}.webhook (id, url, description, types, outcomes, alarms, state, saga_position, alarm_position)
                select $1, $2, $3, $4, $5, $6, case when $7 then {Enabled} else {Disabled} end,
                    greatest((select coalesce(max(position), 0) from {schema}.saga_outcome),
                             (select coalesce(max(position), 0) from {schema}.saga_parking)),
                    (select coalesce(max(position), 0) from {schema}.alarm_event)
                where (select count(*) from {schema}.webhook) < $12
                returning id),
            secret as (insert into {schema}.webhook_secret (webhook_id, number, secret) select id, 1, $11 from made),
            {Action(schema, "create", "made", "$8, $9, $10")}
            select id from made
            """;

    // What waits is tried at once: the receiver may be another.
    public string Change { get; } =
        $"""
            with changed as (
                update {schema}.webhook set url = $2, description = $3, types = $4, outcomes = $5, alarms = $6,
                    state = case when $7 then {Enabled} else {Disabled} end, version = version + 1, changed_at = now(),
                    failing_since = null
                where id = $1 returning id),
            due as (
                update {schema}.webhook_delivery d set due_at = now() from changed c where d.webhook_id = c.id and d.state = {Pending}),
            {Action(schema, "change", "changed", "$8, $9, $10")}
            select id from changed
            """;

    public string Delete { get; } =
        $"""
            with deleted as (delete from {schema}.webhook where id = $1 returning id),
            {Action(schema, "delete", "deleted", "$2, $3, $4")}
            select id from deleted
            """;

    // The one before signs on for a while; those before that have ended.
    /// <summary>Whoever holds it rotates; a second one sees what the first has written.</summary>
    public string Hold { get; } = $"select from {schema}.webhook where id = $1 for update";

    public string Rotate { get; } =
        $"""
            with changed as (
                update {schema}.webhook set version = version + 1, changed_at = now() where id = $1 returning id),
            last as (select max(s.number) as number from {schema}.webhook_secret s join changed c on c.id = s.webhook_id),
            ended as (
                delete from {schema}.webhook_secret s using changed c, last
                where s.webhook_id = c.id and (s.number < last.number or $6 <= interval '0')),
            ending as (
                update {schema}.webhook_secret s set ends_at = now() + $6 from changed c, last
                where s.webhook_id = c.id and s.number = last.number and $6 > interval '0'),
            made as (
                insert into {schema}.webhook_secret (webhook_id, number, secret) select c.id, last.number + 1, $5 from changed c, last),
            {Action(schema, "rotate-secret", "changed", "$2, $3, $4")}
            select id from changed
            """;

    public string Read { get; } =
        $"""
            select w.id, w.url, w.description, w.types, w.outcomes, w.alarms, w.state, w.created_at, w.changed_at, w.failing_since,
                (select count(*)::int from {schema}.webhook_delivery d where d.webhook_id = w.id and d.state = {Pending}),
                (select count(*)::int from {schema}.webhook_delivery d
                 where d.webhook_id = w.id and d.state = '{nameof(DeliveryState.Failed)}'),
                (select made_at from {schema}.webhook_secret s where s.webhook_id = w.id order by number desc limit 1),
                (select max(ends_at) from {schema}.webhook_secret s where s.webhook_id = w.id and s.ends_at > now())
            from {schema}.webhook w where $1::uuid is null or w.id = $1 order by w.created_at, w.id
            """;

    public string Deliveries { get; } =
        $"""
            select {DeliveryColumns} from {schema}.webhook_delivery
            where webhook_id = $1 and ($2::text is null or state = $2) and ($3::bigint is null or number < $3)
            order by number desc limit $4
            """;

    public string Delivery { get; } = $"select {DeliveryColumns} from {schema}.webhook_delivery where webhook_id = $1 and number = $2";

    // One that waits is only due; one that has ended begins anew, beside the others.
    public string Redeliver { get; } =
        $"""
            with redone as (
                update {schema}.webhook_delivery set due_at = now(), state = {Pending}, ended_at = null,
                    is_apart = is_apart or state <> {Pending}, is_bulk = false,
                    attempts = case when state = {Pending} then attempts else 0 end,
                    give_up_at = case when state = {Pending} then give_up_at else now() + $6 end
                where webhook_id = $1 and number = $2
                returning webhook_id as id, {DeliveryColumns}),
            {Action(schema, "redeliver", "redone", "$3, $4, $5")}
            select {DeliveryColumns} from redone
            """;

    public string CountMany { get; } =
        $"""
            select (select count(*)::int from {schema}.webhook_delivery d where {Many} and d.state = $5)
            from {schema}.webhook where id = $1
            """;

    // Of many the first tells whether the receiver takes them.
    public string RedeliverMany { get; } =
        $"""
            with found as (select number from {schema}.webhook_delivery d where {Many} and d.state = {Failed}),
            redone as (
                update {schema}.webhook_delivery d
                set due_at = now(), state = {Pending}, ended_at = null, is_apart = true, is_bulk = true, attempts = 0,
                    give_up_at = now() + $9
                from (select number from found order by number limit $5) f
                where d.webhook_id = $1 and d.number = f.number and d.state = {Failed}
                returning d.webhook_id),
            tried as (update {schema}.webhook w set bulk_after = null where id in (select webhook_id from redone) returning id),
            {Action(schema, "redeliver-many", "tried", "$6, $7, $8")}
            select (select count(*)::int from found), (select count(*)::int from redone) from {schema}.webhook where id = $1
            """;

    public string GiveUpMany { get; } =
        $"""
            with found as (select number from {schema}.webhook_delivery d where {Many} and d.state = {Pending}),
            ended as (
                update {schema}.webhook_delivery d
                set state = {Failed}, ended_at = now(), problem = coalesce(d.problem, 'An operator gave it up before it was tried.')
                from (select number from found order by number limit $5) f
                where d.webhook_id = $1 and d.number = f.number and d.state = {Pending}
                returning d.webhook_id),
            of as (select distinct webhook_id as id from ended),
            {Action(schema, "give-up-many", "of", "$6, $7, $8")}
            select (select count(*)::int from found), (select count(*)::int from ended) from {schema}.webhook where id = $1
            """;

    // It is tried once.
    public string Ping { get; } =
        $"""
            with counted as (update {schema}.webhook set last_number = last_number + 1 where id = $1 returning id, last_number),
            made as (
                insert into {schema}.webhook_delivery (webhook_id, number, event, body, occurred_at, is_apart, give_up_at)
                select id, last_number, '{nameof(WebhookEvent.Ping)}', $5, now(), true, now() from counted
                returning {DeliveryColumns}),
            {Action(schema, "test", "counted", "$2, $3, $4")}
            select {DeliveryColumns} from made
            """;

    private static string Action(string schema, string verb, string of, string note) =>
        $"""
            action as (
                insert into {schema}.operator_action (kind, subject, verb, who, why, origin)
                select '{Operating.Subjects.Webhook}', id::text, '{verb}', {note} from {of})
            """;
}
