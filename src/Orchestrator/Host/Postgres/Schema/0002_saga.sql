create table {schema}.saga (
    id              uuid primary key,
    type            text not null,
    plan_version    integer not null,
    business_key    text not null,
    state           text not null,
    data            jsonb not null,
    data_hash       bytea not null,
    progress        jsonb not null,
    results         jsonb not null,
    compensations   jsonb not null,
    wake_at         timestamptz,
    wake_for        text,
    wake_sent_at    timestamptz,
    version         bigint not null,
    history_version integer not null,
    trace_parent    text,
    started_at      timestamptz not null,
    updated_at      timestamptz not null,
    ended_at        timestamptz,
    unique (type, business_key)
);
comment on table {schema}.saga is 'One row per saga. Written with a check of its version, together with history, inbox and outbox.';
comment on column {schema}.saga.compensations is 'Registered before the step''s command leaves; undone in reverse of startOrder.';
comment on column {schema}.saga.wake_at is 'When the next timer fires. The truth about timers; the scheduler only finds due rows.';
comment on column {schema}.saga.wake_for is 'Which timer: step/direction/attempt/reply or retry.';
comment on column {schema}.saga.wake_sent_at is 'When the timer message was last sent; it is sent again when nothing came of it.';

create index saga_wake on {schema}.saga (wake_at) where wake_at is not null;
create index saga_started on {schema}.saga (started_at desc, id desc);
create index saga_state on {schema}.saga (state, started_at desc, id desc);

create table {schema}.saga_event (
    position   bigint generated always as identity primary key,
    saga_id    uuid not null,
    version    integer not null,
    type       text not null,
    data       jsonb not null,
    message_id uuid,
    at         timestamptz not null,
    unique (saga_id, version)
);
comment on table {schema}.saga_event is 'Append-only history of every saga.';
