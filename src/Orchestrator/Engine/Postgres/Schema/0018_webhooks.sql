-- Each time that a saga was parked, counted from the history as summaries are written: each entry once.
create table {schema}.saga_parking (
    saga_id      uuid not null,
    version      integer not null,
    position     bigint not null,
    type         text not null,
    business_key text not null,
    started_at   timestamptz not null,
    parked_at    timestamptz not null,
    step         text,
    code         text,
    reason       text,
    columns      jsonb not null,
    primary key (saga_id, version)
);
comment on table {schema}.saga_parking is
    'Append-only: one row each time that a saga was parked, in the order of position, which it shares with saga_outcome. version is that '
    'of the entry in the history.';
create unique index saga_parking_position on {schema}.saga_parking (position);
create index saga_parking_parked on {schema}.saga_parking (parked_at);

-- What became of alarms. Whoever writes it holds the row 'alarms' of projection, so that positions are in the order of commits.
create table {schema}.alarm_event (
    position   bigint generated always as identity primary key,
    at         timestamptz not null default now(),
    what       text not null,
    kind       text not null,
    subject    text not null,
    detail     text not null,
    raised_at  timestamptz not null,
    level      text not null,
    cleared_at timestamptz
);
comment on table {schema}.alarm_event is 'Append-only: each time that an alarm was raised, escalated or cleared, in the order of position.';
insert into {schema}.projection (name) values ('alarms');

create table {schema}.webhook (
    id             uuid primary key,
    url            text not null,
    description    text,
    types          text[] not null,
    outcomes       text[] not null,
    alarms         boolean not null,
    state          text not null,
    version        integer not null default 1,
    created_at     timestamptz not null default now(),
    changed_at     timestamptz not null default now(),
    saga_position  bigint not null,
    alarm_position bigint not null,
    last_number    bigint not null default 0,
    failing_since  timestamptz,
    node           uuid,
    node_until     timestamptz
);
comment on table {schema}.webhook is
    'Who is told of outcomes and alarms, up to where deliveries were made of them, and which node delivers until when.';

create table {schema}.webhook_secret (
    webhook_id uuid not null references {schema}.webhook on delete cascade,
    number     integer not null,
    secret     bytea not null,
    made_at    timestamptz not null default now(),
    ends_at    timestamptz,
    primary key (webhook_id, number)
);
comment on table {schema}.webhook_secret is
    'With each that has not ended a delivery is signed. Kept as they are, because a signature needs the secret itself.';

create table {schema}.webhook_delivery (
    webhook_id   uuid not null references {schema}.webhook on delete cascade,
    number       bigint not null,
    event        text not null,
    saga_id      uuid,
    body         text not null,
    occurred_at  timestamptz not null,
    state        text not null default 'Pending',
    is_apart     boolean not null default false,
    attempts     integer not null default 0,
    due_at       timestamptz not null default now(),
    give_up_at   timestamptz not null,
    attempted_at timestamptz,
    status       integer,
    problem      text,
    ended_at     timestamptz,
    primary key (webhook_id, number)
);
comment on table {schema}.webhook_delivery is
    'What a webhook is told, in the order of number, and what came of it. One that is apart (asked for by an operator) is not waited for.';
create index webhook_delivery_pending on {schema}.webhook_delivery (webhook_id, is_apart, number) where state = 'Pending';
create index webhook_delivery_failed on {schema}.webhook_delivery (webhook_id, number) where state = 'Failed';
create index webhook_delivery_ended on {schema}.webhook_delivery (ended_at) where ended_at is not null;

-- The service itself cannot delete these; only this does. A parking stays as long as its saga, so that none is counted twice.
create function {schema}.clean_up_webhook_events(age interval, batch integer) returns integer
    language sql security definer set search_path = '' as
$$
    with alarms as (
        delete from {schema}.alarm_event where position in (
            select position from {schema}.alarm_event where at < now() - greatest(age, interval '1 day') order by position limit batch)
        returning 1),
    parkings as (
        delete from {schema}.saga_parking where position in (
            select position from {schema}.saga_parking p
            where parked_at < now() - greatest(age, interval '1 day') and not exists (select from {schema}.saga s where s.id = p.saga_id)
            limit batch)
        returning 1)
    select (select count(*) from alarms)::integer + (select count(*) from parkings)::integer
$$;
