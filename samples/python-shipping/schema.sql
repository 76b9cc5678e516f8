-- Beside the table of infra/postgres/fence.sql.
create table if not exists outbox (
    id          bigint generated always as identity primary key,
    destination text not null,
    body        json not null,
    put_at      timestamptz not null default now()
);
-- How it is sent: envelope, json, cloudevents or cloudevents-binary.
alter table outbox add column if not exists format text not null default 'envelope';

create table if not exists shipment (
    shipment_id     text primary key,
    saga_id         uuid not null unique,
    order_id        text not null,
    units           integer not null check (units > 0),
    tracking_number text not null unique,
    street          text not null,
    city            text not null,
    country         text not null,
    created_at      timestamptz not null default now(),
    cancelled_at    timestamptz
);

create table if not exists booking (
    saga_id   uuid primary key,
    command   json not null,
    saga      json not null,
    booked_at timestamptz not null default now()
);
