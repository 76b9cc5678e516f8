create table {schema}.payment (
    order_id          text primary key,
    state             text not null check (state in ('taken', 'rejected', 'refunded')),
    amount            numeric(20, 4) not null default 0,
    gateway_reference text
);
comment on table {schema}.payment is 'One row for each order, so that a copy of an event under another id changes nothing.';

create table {schema}.ledger_entry (
    order_id text not null,
    kind     text not null check (kind in ('charge', 'refund')),
    amount   numeric(20, 4) not null check (amount > 0),
    currency text not null,
    at       timestamptz not null default now(),
    primary key (order_id, kind)
);
comment on table {schema}.ledger_entry is 'Append-only ledger of charges and refunds. One of each per order at most.';

create table {schema}.gateway_charge (
    idempotency_key text primary key,
    state           text not null default 'attempted' check (state in ('attempted', 'charged', 'refunded', 'voided')),
    attempts        integer not null default 0,
    refunds         integer not null default 0,
    token           text,
    amount          numeric(20, 4) not null default 0
);
comment on table {schema}.gateway_charge is
    'The sandbox gateway''s own book. Written in transactions of its own, as a gateway''s would be.';
