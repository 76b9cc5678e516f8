-- Beside the tables of infra/postgres/fence.sql.
create table if not exists outbox (
    id          bigint generated always as identity primary key,
    destination text not null,
    body        json not null,
    put_at      timestamptz not null default now()
);
-- How it is sent: envelope, json, cloudevents or cloudevents-binary.
alter table outbox add column if not exists format text not null default 'envelope';

create table if not exists ledger_entry (
    saga_id           uuid not null,
    kind              text not null check (kind in ('charge', 'refund')),
    order_id          text not null,
    customer_id       text not null,
    amount            numeric(20, 4) not null,
    currency          text not null,
    gateway_reference text not null,
    at                timestamptz not null default now(),
    primary key (saga_id, kind)
);

-- The gateway's own book. A real one is elsewhere.
create table if not exists gateway_charge (
    key      text primary key,
    state    text not null,
    attempts integer not null default 1,
    token    text,
    amount   numeric(20, 4),
    currency text
);
