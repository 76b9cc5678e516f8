-- Of each participant, beside the table of infra/postgres/fence.sql.
create table if not exists outbox (
    id          bigint generated always as identity primary key,
    destination text not null,
    -- How it is sent: envelope, json, cloudevents or cloudevents-binary.
    format      text not null default 'envelope',
    body        json not null,
    put_at      timestamptz not null default now()
);

-- What was done for a saga, and what was undone.
create table if not exists entry (
    position bigint generated always as identity primary key,
    saga_id  uuid not null,
    what     text not null check (what in ('done', 'undone')),
    detail   text,
    at       timestamptz not null default clock_timestamp(),
    unique (saga_id, what)
);
