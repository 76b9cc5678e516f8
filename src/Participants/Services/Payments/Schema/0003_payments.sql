create table {schema}.account (
    customer_id text primary key,
    charged     numeric(18, 2) not null default 0 check (charged >= 0),
    refunded    numeric(18, 2) not null default 0 check (refunded >= 0),
    check (refunded <= charged)
);

create table {schema}.ledger_entry (
    id                bigint generated always as identity primary key,
    saga_id           uuid not null,
    order_id          text not null,
    customer_id       text not null,
    kind              text not null check (kind in ('charge', 'refund')),
    amount            numeric(18, 2) not null check (amount > 0),
    currency          text not null,
    gateway_reference text not null,
    at                timestamptz not null default now(),
    unique (saga_id, kind)
);
comment on table {schema}.ledger_entry is 'Append-only ledger of charges and refunds. One of each per saga at most.';

create table {schema}.gateway_charge (
    idempotency_key text primary key,
    state           text not null check (state in ('attempted', 'charged', 'refunded', 'voided')),
    attempts        integer not null default 0,
    token           text,
    amount          numeric(18, 2) not null default 0,
    currency        text
);
comment on table {schema}.gateway_charge is
    'The sandbox gateway''s own book. Written in transactions of its own, as a gateway''s would be.';
