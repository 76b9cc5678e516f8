create table {schema}.shipment (
    shipment_id     text primary key,
    saga_id         uuid not null unique,
    order_id        text not null,
    units           integer not null check (units > 0),
    tracking_number text not null unique,
    name            text,
    street          text not null,
    city            text not null,
    region          text,
    postal_code     text,
    country         text not null,
    created_at      timestamptz not null default now(),
    cancelled_at    timestamptz
);
